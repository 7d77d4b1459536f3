/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.BlockRanges;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One footer read per file, several at a time, because object stores answer slowly but in parallel.
 */
@Internal
public final class FooterScan {

  private static final int PARALLELISM = 8;

  private FooterScan() {}

  /**
   * @param exporter the {@code _part_id} that a root file names itself (ENGINE-OBSERVED 1), or null
   */
  public record Scanned(DataFile file, String exporter) {}

  /**
   * @param scanned what the footer tells; null if there is a problem
   * @param problem why it cannot be read
   */
  public record Outcome(Scanned scanned, OtapException problem) {}

  /** Reads the footer of each file; one that cannot be read does not keep others from it. */
  public static List<Outcome> readEach(Storage storage, List<ListedFile> found) throws IOException {
    if (found.isEmpty()) {
      return List.of();
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(PARALLELISM, found.size()));
    try {
      List<Future<Outcome>> pending = new ArrayList<>(found.size());
      for (ListedFile file : found) {
        pending.add(pool.submit(() -> outcome(storage, file)));
      }
      List<Outcome> outcomes = new ArrayList<>(found.size());
      for (Future<Outcome> file : pending) {
        outcomes.add(file.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OtapException.of(OtapErrorKind.IO, "interrupted while reading footers", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Outcome outcome(Storage storage, ListedFile file) {
    try {
      return new Outcome(read(storage, file), null);
    } catch (OtapException e) {
      return new Outcome(null, e);
    } catch (IOException e) {
      return new Outcome(
          null,
          OtapException.of(OtapErrorKind.IO, "the footer cannot be read: " + e.getMessage(), e)
              .at(new Place(file.partition(), file.table().folder(), file.path(), null, -1)));
    }
  }

  static Scanned read(Storage storage, ListedFile found) throws IOException {
    PayloadType table = found.table();
    Place place = new Place(found.partition(), table.folder(), found.path(), null, -1);
    try (SeekableInput in = storage.open(found.path())) {
      ParquetFooter footer = ParquetFooter.read(in, found.path());
      DataFile file =
          new DataFile(
              table,
              found.partition(),
              found.path(),
              in.length(),
              footer.rows(),
              range(in, footer, table.id()),
              range(in, footer, table.parentId()),
              range(in, footer, table.find("resource.id")),
              range(in, footer, table.find("scope.id")),
              range(in, footer, table.eventTime()));
      return new Scanned(file, table.isRoot() ? footer.arrowMetadata("_part_id") : null);
    } catch (IOException e) {
      throw InputFiles.placed(e, place);
    }
  }

  /** Without usable statistics nothing can be ruled out: the range is that of all values. */
  private static IdRange range(SeekableInput in, ParquetFooter footer, Column column)
      throws IOException {
    if (column == null || !footer.has(column.path())) {
      return null;
    }
    BlockRanges.check(in, footer, column);
    if (!footer.hasValues(column.path())) {
      return null;
    }
    long[] range = footer.range(column.path());
    return range == null ? IdRange.ALL : new IdRange(range[0], range[1]);
  }
}

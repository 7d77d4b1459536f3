/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

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
final class FooterScan {

  private static final int PARALLELISM = 8;

  private FooterScan() {}

  /**
   * @param exporter the {@code _part_id} that a root file names itself (ENGINE-OBSERVED 1), or null
   */
  record Scanned(DataFile file, String exporter) {}

  static List<Scanned> read(Storage storage, List<OtapTree.Found> found) throws IOException {
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(PARALLELISM, Math.max(1, found.size())));
    try {
      List<Future<Scanned>> pending = new ArrayList<>(found.size());
      for (OtapTree.Found file : found) {
        pending.add(pool.submit(() -> read(storage, file)));
      }
      List<Scanned> files = new ArrayList<>(found.size());
      for (Future<Scanned> file : pending) {
        files.add(file.get());
      }
      return files;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
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

  static Scanned read(Storage storage, OtapTree.Found found) throws IOException {
    PayloadType table = found.table();
    Place place = new Place(found.partition(), table.folder(), found.path(), null, -1);
    try (SeekableInput in = storage.open(found.path())) {
      ParquetFooter footer = ParquetFooter.read(in, found.path());
      DataFile file =
          new DataFile(
              table,
              found.partition(),
              found.path(),
              found.length(),
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

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.FileOrder;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that a plan pins as evidence, by table and in the order of their ids. */
@Internal
final class EvidenceFiles {

  private static final int ROWS = 8192;

  private final Storage storage;
  private final boolean complete;
  private final Map<PayloadType, List<DataFile>> byTable = new EnumMap<>(PayloadType.class);

  EvidenceFiles(Storage storage, SplitPlan plan) {
    this.storage = storage;
    this.complete = plan.complete();
    add(plan.root());
    plan.inputs().forEach(this::add);
    byTable.replaceAll((table, files) -> FileOrder.of(files));
  }

  private void add(DataFile file) {
    byTable.computeIfAbsent(file.table(), t -> new ArrayList<>()).add(file);
  }

  boolean complete() {
    return complete;
  }

  Set<PayloadType> tables() {
    return byTable.keySet();
  }

  List<DataFile> of(PayloadType table) {
    return byTable.getOrDefault(table, List.of());
  }

  /** Takes rows of a file, block by block. */
  @FunctionalInterface
  interface Rows {
    void take(OtapTable rows) throws IOException;
  }

  /** Looks at a file's footer. */
  @FunctionalInterface
  interface Look<T> {
    T at(ParquetFooter footer) throws IOException;
  }

  <T> T footer(DataFile file, Look<T> look) throws IOException {
    try (SeekableInput in = storage.open(file.path())) {
      return look.at(ParquetFooter.read(in, file.path()));
    } catch (IOException e) {
      throw at(file, e);
    }
  }

  /** Streams these columns of a file. */
  void read(DataFile file, Collection<Column> columns, Rows rows) throws IOException {
    try (SeekableInput in = storage.open(file.path())) {
      ParquetFooter footer = ParquetFooter.read(in, file.path());
      try (ParquetTableReader reader =
          ParquetTableReader.open(in, footer, file.table(), columns, 0, footer.rows())) {
        for (OtapTable block = reader.next(ROWS); block != null; block = reader.next(ROWS)) {
          rows.take(block);
        }
      }
    } catch (IOException e) {
      throw at(file, e);
    }
  }

  private static IOException at(DataFile file, IOException e) {
    Place place = new Place(file.partition(), file.table().folder(), file.path(), null, -1);
    if (e instanceof OtapException known) {
      return known.at(place);
    }
    if (e instanceof FileNotFoundException) {
      return OtapException.of(
              OtapErrorKind.MISSING_FILE, "the file was listed but is gone; list again", e)
          .at(place);
    }
    return e;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.FileOrder;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.SeekableInput;
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

  private final InputFiles inputs;
  private final boolean complete;
  private final Map<PayloadType, List<DataFile>> byTable = new EnumMap<>(PayloadType.class);

  EvidenceFiles(InputFiles inputs, SplitPlan plan) {
    this.inputs = inputs;
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

  ParquetFooter footer(DataFile file) throws IOException {
    return inputs.footer(file);
  }

  /** Streams these columns of a file. */
  void read(DataFile file, Collection<Column> columns, Rows rows) throws IOException {
    try (SeekableInput in = inputs.open(file)) {
      ParquetFooter footer = inputs.footer(in, file);
      try (ParquetTableReader reader =
          ParquetTableReader.scan(in, footer, file.table(), columns, 0, footer.rows())) {
        for (OtapTable block = reader.next(ROWS); block != null; block = reader.next(ROWS)) {
          rows.take(block);
        }
      }
    } catch (IOException e) {
      throw InputFiles.placed(e, file);
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Reads some columns of a file, page by page. */
final class ColumnScan {

  private static final int ROWS = 8192;

  private ColumnScan() {}

  /** Takes a stretch of rows; false ends the scan. */
  interface Rows {
    boolean take(OtapTable rows, long firstRow) throws IOException;
  }

  /** Takes one id; false ends the scan. */
  interface Id {
    boolean take(long id, long row) throws IOException;
  }

  static void rows(Storage storage, DataFile file, Collection<Column> columns, Rows to)
      throws IOException {
    SeekableInput in = storage.open(file.path());
    ParquetFooter footer = ParquetFooter.read(in, file.path());
    try (ParquetTableReader reader =
        ParquetTableReader.open(in, footer, file.table(), columns, 0, footer.rows())) {
      long row = 0;
      for (OtapTable rows = reader.next(ROWS); rows != null; rows = reader.next(ROWS)) {
        if (!to.take(rows, row)) {
          return;
        }
        row += rows.rows();
      }
    }
  }

  /** The values of an id column that are not null. */
  static void ids(Storage storage, DataFile file, Column column, Id to) throws IOException {
    rows(
        storage,
        file,
        List.of(column),
        (table, firstRow) -> {
          var ids = table.intVector(column.path());
          for (int i = 0; ids != null && i < table.rows(); i++) {
            if (!ids.isNull(i) && !to.take(Integer.toUnsignedLong(ids.get(i)), firstRow + i)) {
              return false;
            }
          }
          return true;
        });
  }
}

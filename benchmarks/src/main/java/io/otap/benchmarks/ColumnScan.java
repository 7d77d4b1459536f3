/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.parquet.FooterCache;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All columns of all tables of a tree, decoded and folded. */
final class ColumnScan {

  private static final int STEP = 8192;

  private final BenchTree tree;
  private final List<DataFile> files;
  private final StringCopy copy = new StringCopy();
  private long rows;

  /** Lists the tree; footers are read again by each scan, as other engines do. */
  ColumnScan(BenchTree tree) throws IOException {
    this.tree = tree;
    this.files = List.copyOf(tree.list().files());
  }

  /** Folds a vector. */
  private interface Fold {
    void fold(OtapTable table, Column column, Vector vector);
  }

  /** Dictionary ids kept; the number has no meaning but that it must be computed. */
  long ids() throws IOException {
    long[] sum = new long[1];
    scan((table, column, vector) -> sum[0] += ColumnFold.ids(vector));
    return sum[0];
  }

  /** Strings and bytes copied to offsets and bytes of each row. */
  long copied() throws IOException {
    long[] sum = new long[1];
    scan(
        (table, column, vector) ->
            sum[0] +=
                vector instanceof BinaryVector strings
                    ? copy.copy(strings)
                    : ColumnFold.values(vector));
    return sum[0];
  }

  /** By table and column, the sum of numbers or of lengths, and by table the number of rows. */
  Map<String, Long> sums() throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    scan(
        (table, column, vector) ->
            sums.merge(
                table.type().folder() + "/" + column.path(),
                vector instanceof BinaryVector strings
                    ? copy.copy(strings)
                    : ColumnFold.values(vector),
                Long::sum));
    return sums;
  }

  /** Rows of all tables of the last scan. */
  long rows() {
    return rows;
  }

  private void scan(Fold fold) throws IOException {
    rows = 0;
    InputFiles inputs = new InputFiles(tree.storage(), new FooterCache());
    for (DataFile file : files) {
      SeekableInput in = inputs.open(file);
      try (ParquetTableReader reader =
          ParquetTableReader.scan(
              in,
              inputs.footer(in, file),
              file.table(),
              file.table().columns(),
              0,
              Long.MAX_VALUE)) {
        for (OtapTable step = reader.next(STEP); step != null; step = reader.next(STEP)) {
          rows += step.rows();
          for (Column column : file.table().columns()) {
            Vector vector = step.vector(column);
            if (vector != null) {
              fold.fold(step, column, vector);
            }
          }
        }
      }
    }
  }
}

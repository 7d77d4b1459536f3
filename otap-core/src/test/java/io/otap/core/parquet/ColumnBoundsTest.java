/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What today's exporter tells of the values of its files is true, page by page. */
class ColumnBoundsTest {

  @Test
  void everyValueOfEveryRecordedFileLiesWithinItsBounds() throws IOException {
    Map<ColumnType, Integer> bounded = new EnumMap<>(ColumnType.class);
    for (ParquetFiles.Recorded file : ParquetFiles.all()) {
      for (Column column : file.type().columns()) {
        if (!column.list() && !isFilled(column)) {
          for (ColumnBounds.Block block : bounds(file, column).blocks()) {
            compare(file, column, block);
            if (block.numbers() != null || block.binaries() != null) {
              bounded.merge(column.type(), 1, Integer::sum);
            }
          }
        }
      }
    }
    assertThat(bounded)
        .containsKeys(
            ColumnType.UTF8,
            ColumnType.FIXED16,
            ColumnType.FIXED8,
            ColumnType.TIMESTAMP,
            ColumnType.INT32,
            ColumnType.UINT8,
            ColumnType.DURATION);
  }

  @Test
  void idsWithALengthInFrontHaveBoundsWithoutIt() throws IOException {
    ParquetFiles.Recorded file = ParquetFiles.of("logs-small", PayloadType.LOGS);
    ColumnBounds.Block block = bounds(file, file.type().column("trace_id")).blocks().get(0);
    assertThat(block.binaries()).hasDimensions(2, 16);
    assertThat(block.nulls()).isTrue();
  }

  /** Zeros that the exporter fills in for exemplars without such a value are not read as values. */
  private static boolean isFilled(Column column) {
    return column.path().endsWith("_value");
  }

  private static ColumnBounds bounds(ParquetFiles.Recorded file, Column column) throws IOException {
    try (SeekableInput in = new LocalStorage().open(file.path().toString())) {
      return ColumnBounds.read(in, file.footer(), column);
    }
  }

  private static void compare(ParquetFiles.Recorded file, Column column, ColumnBounds.Block block)
      throws IOException {
    try (SeekableInput in = new LocalStorage().open(file.path().toString());
        ParquetTableReader reader =
            ParquetTableReader.open(
                in,
                file.footer(),
                file.type(),
                List.of(column),
                block.firstRow(),
                block.endRow())) {
      for (OtapTable rows = reader.next(8192); rows != null; rows = reader.next(8192)) {
        Vector vector = rows.vector(column);
        for (int row = 0; row < rows.rows(); row++) {
          boolean within =
              vector == null || vector.isNull(row)
                  ? block.nulls()
                  : block.values() && isWithin(vector, row, column, block);
          assertThat(within).as("%s %s row %d of %s", file.path(), column, row, block).isTrue();
        }
      }
    }
  }

  private static boolean isWithin(Vector vector, int row, Column column, ColumnBounds.Block block) {
    if (vector instanceof BinaryVector binary) {
      byte[] value = binary.bytes(row);
      return block.binaries() == null
          || Arrays.compareUnsigned(block.binaries()[0], value) <= 0
              && Arrays.compareUnsigned(value, block.binaries()[1]) <= 0;
    }
    if (block.numbers() == null) {
      return true;
    }
    long value;
    if (vector instanceof LongVector longs) {
      value = longs.get(row);
    } else if (vector instanceof ByteVector bytes) {
      value = bytes.get(row) & 0xff;
    } else {
      int bits = ((IntVector) vector).get(row);
      value = column.type() == ColumnType.INT32 ? bits : Integer.toUnsignedLong(bits);
    }
    return block.numbers()[0] <= value && value <= block.numbers()[1];
  }
}

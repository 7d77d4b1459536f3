/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import org.apache.flink.table.data.StringData;

/** Trace and span ids in hex. */
final class Ids implements FieldReader {

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);

  private final BinaryVector column;
  private final boolean zerosAreNone;

  /**
   * @param column null if absent
   */
  Ids(BinaryVector column, boolean zerosAreNone) {
    this.column = column;
    this.zerosAreNone = zerosAreNone;
  }

  @Override
  public StringData read(int row) {
    if (isNull(row)) {
      return null;
    }
    int size = column.size(row);
    byte[] hex = new byte[2 * size];
    int start = column.start(row);
    for (int i = 0; i < size; i++) {
      byte value = column.data()[start + i];
      hex[2 * i] = DIGITS[value >> 4 & 15];
      hex[2 * i + 1] = DIGITS[value & 15];
    }
    return StringData.fromBytes(hex);
  }

  @Override
  public boolean isNull(int row) {
    return Cells.size(column, row) == 0 || zerosAreNone && !Cells.hasId(column, row);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;

/**
 * Values of columns that may be absent: an absent column reads as nulls, and a null as the default
 * of its type (OTAP-FORMAT 2.1).
 */
@Internal
public final class Cells {

  /** What stands for a null id; it has no children. */
  public static final int NO_ID = -1;

  private Cells() {}

  public static boolean isNull(Vector column, int row) {
    return column == null || column.isNull(row);
  }

  public static int get(ByteVector column, int row) {
    return column == null ? 0 : column.get(row) & 0xFF;
  }

  public static int get(IntVector column, int row) {
    return column == null ? 0 : column.get(row);
  }

  public static long get(LongVector column, int row) {
    return column == null ? 0 : column.get(row);
  }

  public static double get(DoubleVector column, int row) {
    return column == null ? 0 : column.get(row);
  }

  public static int size(BinaryVector column, int row) {
    return column == null ? 0 : column.size(row);
  }

  /** The id of a row, or {@link #NO_ID}. */
  public static int id(IntVector column, int row) {
    return isNull(column, row) ? NO_ID : column.get(row);
  }
}

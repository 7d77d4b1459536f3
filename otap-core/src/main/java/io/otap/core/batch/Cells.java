/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import java.util.Objects;

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

  public static int size(ListVector column, int row) {
    return column == null ? 0 : column.size(row);
  }

  /** An unsigned 32-bit number. */
  public static long unsigned(IntVector column, int row) {
    return get(column, row) & 0xFFFF_FFFFL;
  }

  public static String string(BinaryVector column, int row) {
    return column == null ? "" : column.string(row);
  }

  public static byte[] bytes(BinaryVector column, int row) {
    return column == null ? new byte[0] : column.bytes(row);
  }

  /** Whether a trace or span id is there; one of zeros is none. */
  public static boolean hasId(BinaryVector ids, int row) {
    int size = size(ids, row);
    for (int i = 0; i < size; i++) {
      if (ids.data()[ids.start(row) + i] != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * An element of the list of a row.
   *
   * @throws IndexOutOfBoundsException if the list has no such element
   */
  public static long longElement(ListVector lists, int row, int index) {
    Objects.checkIndex(index, size(lists, row));
    return ((LongVector) lists.elements()).get(lists.start(row) + index);
  }

  /**
   * An element of the list of a row.
   *
   * @throws IndexOutOfBoundsException if the list has no such element
   */
  public static double doubleElement(ListVector lists, int row, int index) {
    Objects.checkIndex(index, size(lists, row));
    return ((DoubleVector) lists.elements()).get(lists.start(row) + index);
  }

  /** The id of a row, or {@link #NO_ID}. */
  public static int id(IntVector column, int row) {
    return isNull(column, row) ? NO_ID : column.get(row);
  }
}

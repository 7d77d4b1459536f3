/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType.Storage;
import java.util.Arrays;

/** Collects a column of {@link ListVector}: a list is started, then its elements are added. */
@Internal
public final class ListColumnBuilder extends ColumnBuilder {

  private final boolean doubles;

  /** The elements' 64 bits. */
  private long[] elements = new long[16];

  private int[] ends = new int[16];
  private int rows;
  private int size;

  ListColumnBuilder(Column column) {
    super(column);
    doubles = column.type().storage() == Storage.DOUBLES;
  }

  /** Starts the list of a row; {@code isEmpty} says that no element will follow. */
  public void start(int row, boolean isEmpty) {
    finish(row);
    present(row, isEmpty);
  }

  public void add(long element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, 2 * size);
    }
    elements[size++] = element;
  }

  public void add(double element) {
    add(Double.doubleToRawLongBits(element));
  }

  @Override
  Vector build(int rows, long[] validity) {
    finish(rows);
    int[] offsets = new int[rows + 1];
    System.arraycopy(ends, 0, offsets, 1, rows);
    return new ListVector(rows, validity, offsets, elements());
  }

  private Vector elements() {
    if (!doubles) {
      return new LongVector(size, null, Arrays.copyOf(elements, size));
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Double.longBitsToDouble(elements[i]);
    }
    return new DoubleVector(size, null, values);
  }

  /** Ends the lists of the rows up to this one, exclusive. */
  private void finish(int row) {
    if (row > ends.length) {
      ends = Arrays.copyOf(ends, Math.max(2 * ends.length, row));
    }
    while (rows < row) {
      ends[rows++] = size;
    }
  }
}

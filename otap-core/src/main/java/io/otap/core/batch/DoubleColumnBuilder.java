/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import java.util.Arrays;

/** Collects a column of {@link DoubleVector}. */
@Internal
public final class DoubleColumnBuilder extends ColumnBuilder {

  private double[] values = new double[16];

  DoubleColumnBuilder(Column column) {
    super(column);
  }

  public void set(int row, double value) {
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, row + 1));
    }
    values[row] = value;
    present(row, Double.doubleToRawLongBits(value) == 0);
  }

  @Override
  Vector build(int rows, long[] validity) {
    return new DoubleVector(rows, validity, Arrays.copyOf(values, rows));
  }
}

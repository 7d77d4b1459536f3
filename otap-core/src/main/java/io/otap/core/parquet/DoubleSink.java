/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.Spread;
import io.otap.core.batch.Vector;
import java.io.IOException;
import java.util.Arrays;

/** Doubles. */
final class DoubleSink extends ValueSink {

  private static final double[] NONE = {};

  private final boolean recycles;
  private double[] values = NONE;
  private int capacity;

  /** Row behind those of {@link #values} that have been written, as far as buffers are recycled. */
  private int filled;

  DoubleSink(boolean recycles) {
    this.recycles = recycles;
  }

  @Override
  void begin(int rows) {
    capacity = rows;
    filled = 0;
  }

  @Override
  void ensure(int elements) {
    if (capacity < elements) {
      capacity = Math.max(elements, capacity * 2);
      values = values.length == 0 ? values : Arrays.copyOf(values, capacity);
    }
  }

  @Override
  void append(PageValues page, int at, int rows, int present, long[] validity) throws IOException {
    if (present == 0) {
      return;
    }
    if (values.length < capacity) {
      values = new double[capacity];
    }
    if (recycles) {
      Arrays.fill(values, filled, at, 0);
      filled = at + rows;
    }
    page.doubles(values, at, present);
    if (present < rows) {
      Spread.doubles(values, at, rows, present, validity);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) {
    double[] doubles = values;
    if (recycles) {
      Arrays.fill(doubles, filled, length, 0);
    } else {
      values = NONE;
    }
    return new DoubleVector(length, validity, doubles);
  }
}

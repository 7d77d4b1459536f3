/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.Vector;
import java.io.IOException;
import java.util.Arrays;

/** Doubles. */
final class DoubleSink extends ValueSink {

  private double[] values;

  @Override
  void begin(int capacity) {
    values = new double[capacity];
  }

  @Override
  void ensure(int capacity) {
    if (values.length < capacity) {
      values = Arrays.copyOf(values, Math.max(capacity, values.length * 2));
    }
  }

  @Override
  void append(PageValues page, int at, int rows, int present, long[] validity) throws IOException {
    page.doubles(values, at, present);
    if (present < rows) {
      Spread.doubles(values, at, rows, present, validity);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) {
    double[] doubles = values;
    values = null;
    return new DoubleVector(length, validity, doubles);
  }
}

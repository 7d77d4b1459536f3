/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Spread;
import io.otap.core.batch.Vector;
import java.io.IOException;
import java.util.Arrays;

/** Booleans. */
final class BooleanSink extends ValueSink {

  private static final byte[] NONE = {};

  private final boolean recycles;
  private byte[] values = NONE;
  private int capacity;

  /** Row behind those of {@link #values} that have been written, as far as buffers are recycled. */
  private int filled;

  BooleanSink(boolean recycles) {
    this.recycles = recycles;
  }

  @Override
  void begin(int rows) {
    capacity = rows;
    filled = 0;
  }

  @Override
  void append(PageValues page, int at, int rows, int present, long[] validity) throws IOException {
    if (present == 0) {
      return;
    }
    if (values.length < capacity) {
      values = new byte[capacity];
    }
    if (recycles) {
      Arrays.fill(values, filled, at, (byte) 0);
      filled = at + rows;
    }
    page.booleans(values, at, present);
    if (present < rows) {
      Spread.bytes(values, at, rows, present, validity);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) {
    byte[] bytes = values;
    if (recycles) {
      Arrays.fill(bytes, filled, length, (byte) 0);
    } else {
      values = NONE;
    }
    return new ByteVector(length, validity, bytes);
  }
}

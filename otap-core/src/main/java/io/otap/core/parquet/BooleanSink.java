/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Vector;
import java.io.IOException;

/** Booleans. */
final class BooleanSink extends ValueSink {

  private byte[] values;

  @Override
  void begin(int capacity) {
    values = new byte[capacity];
  }

  @Override
  void append(PageValues page, int at, int rows, int present, long[] validity) throws IOException {
    page.booleans(values, at, present);
    if (present < rows) {
      Spread.bytes(values, at, rows, present, validity);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) {
    byte[] bytes = values;
    values = null;
    return new ByteVector(length, validity, bytes);
  }
}

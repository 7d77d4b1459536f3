/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.ColumnType;
import java.io.IOException;
import java.util.Arrays;

/** 64-bit integers of a file, to the model's, which they must fit in. */
final class LongSink extends ValueSink {

  private final ColumnType target;
  private long[] values;

  LongSink(ColumnType target) {
    this.target = target;
  }

  @Override
  void begin(int capacity) {
    values = new long[capacity];
  }

  @Override
  void ensure(int capacity) {
    if (values.length < capacity) {
      values = Arrays.copyOf(values, Math.max(capacity, values.length * 2));
    }
  }

  @Override
  void append(PageValues page, int at, int rows, int present, long[] validity) throws IOException {
    page.longs(values, at, present);
    if (present < rows) {
      Spread.longs(values, at, rows, present, validity);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) throws IOException {
    long[] longs = values;
    values = null;
    switch (target.storage()) {
      case LONGS -> {
        return new LongVector(length, validity, longs);
      }
      case INTS -> {
        int[] ints = new int[length];
        boolean signed = target == ColumnType.INT32;
        for (int i = 0; i < length; i++) {
          ints[i] = (int) longs[i];
          if (longs[i] != (signed ? ints[i] : ints[i] & 0xffffffffL)) {
            throw tooLarge(longs[i], signed ? "signed 32" : "unsigned 32", firstRow + i);
          }
        }
        return new IntVector(length, validity, ints);
      }
      default -> {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
          bytes[i] = (byte) longs[i];
          if (longs[i] >>> 8 != 0) {
            throw tooLarge(longs[i], "unsigned 8", firstRow + i);
          }
        }
        return new ByteVector(length, validity, bytes);
      }
    }
  }

  private static OtapException tooLarge(long value, String bits, long row) {
    return OtapException.of(SCHEMA, "the value " + value + " does not fit in " + bits + " bits")
        .at(Place.row(null, null, null, row));
  }
}

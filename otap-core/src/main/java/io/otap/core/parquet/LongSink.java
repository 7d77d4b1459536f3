/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Spread;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.ColumnType;
import java.io.IOException;
import java.util.Arrays;

/** 64-bit integers of a file, to the model's, which they must fit in. */
final class LongSink extends ValueSink {

  private static final long[] NONE = {};

  private final ColumnType target;
  private final boolean recycles;
  private long[] values = NONE;
  private int capacity;

  /** Row behind those of {@link #values} that have been written, as far as buffers are recycled. */
  private int filled;

  LongSink(ColumnType target, boolean recycles) {
    this.target = target;
    this.recycles = recycles || target.storage() != ColumnType.Storage.LONGS;
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
      values = new long[capacity];
    }
    if (recycles) {
      Arrays.fill(values, filled, at, 0);
      filled = at + rows;
    }
    page.longs(values, at, present);
    if (present < rows) {
      Spread.longs(values, at, rows, present, validity);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) throws IOException {
    long[] longs = values;
    if (recycles) {
      Arrays.fill(longs, filled, length, 0);
    } else {
      values = NONE;
    }
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

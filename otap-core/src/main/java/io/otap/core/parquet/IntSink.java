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

/** 32-bit integers of a file, to whatever integers the model has. */
final class IntSink extends ValueSink {

  private static final int[] NONE = {};

  private final ColumnType target;
  private final boolean unsigned;
  private final boolean recycles;
  private int[] values = NONE;
  private int capacity;

  /** Row behind those of {@link #values} that have been written, as far as buffers are recycled. */
  private int filled;

  IntSink(ColumnType target, boolean unsigned, boolean recycles) {
    this.target = target;
    this.unsigned = unsigned;
    this.recycles = recycles || target.storage() != ColumnType.Storage.INTS;
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
      values = new int[capacity];
    }
    if (recycles) {
      Arrays.fill(values, filled, at, 0);
      filled = at + rows;
    }
    page.ints(values, at, present);
    if (present < rows) {
      Spread.ints(values, at, rows, present, validity);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) throws IOException {
    int[] ints = values;
    if (recycles) {
      Arrays.fill(ints, filled, length, 0);
    } else {
      values = NONE;
    }
    switch (target.storage()) {
      case INTS -> {
        return new IntVector(length, validity, ints);
      }
      case LONGS -> {
        long mask = unsigned ? 0xffffffffL : -1L;
        long[] longs = new long[length];
        for (int i = 0; i < length; i++) {
          longs[i] = ints[i] & mask;
        }
        return new LongVector(length, validity, longs);
      }
      default -> {
        byte[] bytes = new byte[length];
        int all = 0;
        for (int i = 0; i < length; i++) {
          all |= ints[i];
          bytes[i] = (byte) ints[i];
        }
        if (all >>> 8 != 0) {
          throw tooLarge(ints, length, firstRow);
        }
        return new ByteVector(length, validity, bytes);
      }
    }
  }

  private static OtapException tooLarge(int[] ints, int length, long firstRow) {
    int i = 0;
    while (i < length - 1 && ints[i] >>> 8 == 0) {
      i++;
    }
    return OtapException.of(SCHEMA, "the value " + ints[i] + " does not fit in 8 bits")
        .at(Place.row(null, null, null, firstRow + i));
  }
}

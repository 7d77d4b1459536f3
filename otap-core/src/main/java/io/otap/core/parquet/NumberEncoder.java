/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Vector;
import io.otap.core.model.ColumnType;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;

/** Numbers of 32 and 64 bits, by their bits. */
final class NumberEncoder extends ValueEncoder {

  private final ColumnType type;
  private final boolean wide;
  private NumberDictionary dictionary;
  private long[] bits = new long[128];
  private long smallest = Long.MAX_VALUE;
  private long largest = Long.MIN_VALUE;
  private boolean comparable;

  NumberEncoder(ColumnType type, boolean dictionary) {
    this.type = type;
    this.wide =
        switch (type.storage()) {
          case LONGS, DOUBLES -> true;
          default -> false;
        };
    this.dictionary = dictionary ? new NumberDictionary() : null;
  }

  @Override
  void add(Vector vector, int from, int to) {
    boolean nulls = vector.hasNulls();
    if (vector instanceof LongVector longs) {
      for (int row = from; row < to; row++) {
        if (!nulls || !vector.isNull(row)) {
          add(longs.get(row));
        }
      }
    } else if (vector instanceof IntVector ints) {
      boolean signed = type == ColumnType.INT32;
      for (int row = from; row < to; row++) {
        if (!nulls || !vector.isNull(row)) {
          add(signed ? ints.get(row) : ints.get(row) & 0xFFFFFFFFL);
        }
      }
    } else if (vector instanceof ByteVector bytes) {
      for (int row = from; row < to; row++) {
        if (!nulls || !vector.isNull(row)) {
          add(bytes.get(row) & 0xFF);
        }
      }
    } else {
      DoubleVector doubles = (DoubleVector) vector;
      for (int row = from; row < to; row++) {
        if (!nulls || !vector.isNull(row)) {
          add(Double.doubleToRawLongBits(doubles.get(row)));
        }
      }
    }
  }

  private void add(long value) {
    int n = values();
    if (n == bits.length) {
      bits = Arrays.copyOf(bits, 2 * n);
    }
    bits[n] = value;
    if (dictionary == null) {
      countValue();
    } else {
      addId(dictionary.entry(value));
    }
    if (type == ColumnType.FLOAT64 && Double.isNaN(Double.longBitsToDouble(value))) {
      return;
    }
    comparable = true;
    long order = order(value);
    smallest = Math.min(smallest, order);
    largest = Math.max(largest, order);
  }

  /** Numbers in the order of the values; its own inverse. */
  private long order(long value) {
    return switch (type) {
      case UINT64 -> value ^ Long.MIN_VALUE;
      case FLOAT64 -> value ^ (value >> 63 & Long.MAX_VALUE);
      default -> value;
    };
  }

  @Override
  boolean hasDictionary() {
    return dictionary != null;
  }

  @Override
  int entries() {
    return dictionary.size();
  }

  @Override
  int dictionaryBytes() {
    return dictionary.size() * (wide ? 8 : 4);
  }

  @Override
  void dictionary(PageBytes out) {
    for (int i = 0; i < dictionary.size(); i++) {
      write(dictionary.get(i), out);
    }
  }

  @Override
  void dropDictionary() {
    dictionary = null;
  }

  @Override
  long plainBytes() {
    return (long) values() * (wide ? 8 : 4);
  }

  @Override
  void plain(PageBytes out) {
    for (int i = 0; i < values(); i++) {
      write(bits[i], out);
    }
  }

  private void write(long value, PageBytes out) {
    if (wide) {
      out.writeLong(value);
    } else {
      out.writeInt((int) value);
    }
  }

  @Override
  boolean statistics(Statistics<?> statistics) {
    if (!comparable) {
      return values() == 0;
    }
    if (type == ColumnType.FLOAT64) {
      // the format wants a zero to cover both zeros
      double min = Double.longBitsToDouble(order(smallest));
      double max = Double.longBitsToDouble(order(largest));
      statistics.updateStats(min == 0 ? -0.0 : min);
      statistics.updateStats(max == 0 ? 0.0 : max);
    } else if (wide) {
      statistics.updateStats(order(smallest));
      statistics.updateStats(order(largest));
    } else {
      statistics.updateStats((int) smallest);
      statistics.updateStats((int) largest);
    }
    return true;
  }

  @Override
  void clear() {
    super.clear();
    smallest = Long.MAX_VALUE;
    largest = Long.MIN_VALUE;
    comparable = false;
  }
}

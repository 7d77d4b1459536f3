/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Vector;

/**
 * Folds columns to a number, so that every value is touched: the sum of numbers, the length of
 * strings and bytes. Values that are null are zeros in their buffers and change no sum.
 */
final class ColumnFold {

  /** So many halves of numbers sum up to no more than an int has. */
  private static final int HALVES = 1 << 14;

  private ColumnFold() {}

  /** Numbers and dictionary ids; an entry of a dictionary once for each vector. */
  static long ids(Vector vector) {
    if (vector instanceof BinaryVector strings && strings.ids() != null) {
      int[] ids = strings.ids();
      int sum = 0;
      for (int row = 0; row < strings.length(); row++) {
        sum += ids[row];
      }
      return sum;
    }
    return values(vector);
  }

  /** The sum of the values. */
  static long values(Vector vector) {
    if (vector instanceof BinaryVector strings) {
      return lengths(strings);
    }
    if (vector instanceof LongVector longs) {
      return sum(longs);
    }
    if (vector instanceof IntVector ints) {
      return sum(ints);
    }
    if (vector instanceof ByteVector bytes) {
      return sum(bytes);
    }
    if (vector instanceof DoubleVector doubles) {
      return Double.doubleToLongBits(sum(doubles));
    }
    return values(((ListVector) vector).elements());
  }

  private static long sum(LongVector vector) {
    long sum = 0;
    for (int row = 0; row < vector.length(); row++) {
      sum += vector.get(row);
    }
    return sum;
  }

  private static long sum(IntVector vector) {
    int[] values = vector.values();
    long sum = 0;
    for (int from = 0; from < vector.length(); from += HALVES) {
      int low = 0;
      int high = 0;
      for (int row = from; row < Math.min(vector.length(), from + HALVES); row++) {
        low += values[row] & 0xffff;
        high += values[row] >>> 16;
      }
      sum += ((long) high << 16) + low;
    }
    return sum;
  }

  private static long sum(ByteVector vector) {
    long sum = 0;
    for (int row = 0; row < vector.length(); row++) {
      sum += vector.get(row);
    }
    return sum;
  }

  private static double sum(DoubleVector vector) {
    double[] values = vector.values();
    double one = 0;
    double two = 0;
    double three = 0;
    double four = 0;
    int row = 0;
    for (; row + 4 <= vector.length(); row += 4) {
      one += values[row];
      two += values[row + 1];
      three += values[row + 2];
      four += values[row + 3];
    }
    for (; row < vector.length(); row++) {
      one += values[row];
    }
    return one + two + three + four;
  }

  private static long lengths(BinaryVector vector) {
    long sum = 0;
    int[] offsets = vector.offsets();
    for (int row = 0; vector.ids() == null && row < vector.length(); row++) {
      sum += offsets[row + 1] - offsets[row];
    }
    for (int row = 0; vector.ids() != null && row < vector.length(); row++) {
      sum += vector.size(row);
    }
    return sum;
  }
}

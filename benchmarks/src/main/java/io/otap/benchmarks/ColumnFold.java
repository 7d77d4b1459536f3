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

  private ColumnFold() {}

  /** Numbers and dictionary ids; an entry of a dictionary once for each vector. */
  static long ids(Vector vector) {
    if (vector instanceof BinaryVector strings && strings.ids() != null) {
      int[] ids = strings.ids();
      long sum = 0;
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
    long sum = 0;
    for (int row = 0; row < vector.length(); row++) {
      sum += Integer.toUnsignedLong(vector.get(row));
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
    double sum = 0;
    for (int row = 0; row < vector.length(); row++) {
      sum += vector.get(row);
    }
    return sum;
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

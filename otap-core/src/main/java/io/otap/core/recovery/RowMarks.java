/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;

/** Marked rows of a table, which can be counted up to a row: a bit and a half each. */
@Internal
final class RowMarks {

  private final int rows;
  private final long[] bits;
  private int[] before;

  RowMarks(int rows) {
    this.rows = rows;
    this.bits = new long[(rows >>> 6) + 1];
  }

  void set(int row) {
    bits[row >>> 6] |= 1L << row;
  }

  /** The marks of 64 rows, those of row {@code 64 * index} lowest. */
  long word(int index) {
    return bits[index];
  }

  /** Marks those of 64 rows that have a bit. */
  void setAll(int index, long marks) {
    bits[index] |= marks;
  }

  boolean get(int row) {
    return (bits[row >>> 6] >>> row & 1) != 0;
  }

  /** To be called once, after the last {@link #set} and before the first count. */
  void seal() {
    before = new int[bits.length];
    for (int w = 1; w < bits.length; w++) {
      before[w] = before[w - 1] + Long.bitCount(bits[w - 1]);
    }
  }

  /** How many of the rows before {@code end} are marked. */
  int countBefore(int end) {
    int word = end >>> 6;
    return before[word] + Long.bitCount(bits[word] & ((1L << end) - 1));
  }

  /** How many of the rows from {@code from} to {@code to}, exclusive, are marked. */
  int count(int from, int to) {
    return countBefore(to) - countBefore(from);
  }

  /** Whether one of the rows from {@code from} to {@code to}, exclusive, is marked. */
  boolean anyIn(int from, int to) {
    return count(from, to) > 0;
  }

  /** The first marked row at or behind {@code from}; the number of rows if there is none. */
  int next(int from) {
    return next(from, rows);
  }

  /** The first marked row from {@code from} on and before {@code end}; {@code end} if none is. */
  int next(int from, int end) {
    if (from >= end) {
      return end;
    }
    int word = from >>> 6;
    long rest = bits[word] & -1L << from;
    while (rest == 0) {
      if (++word << 6 >= end) {
        return end;
      }
      rest = bits[word];
    }
    return Math.min(end, (word << 6) + Long.numberOfTrailingZeros(rest));
  }
}

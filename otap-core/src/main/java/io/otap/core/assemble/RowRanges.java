/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import java.util.Arrays;

/** Ranges of rows of a file: ascending, not empty, not touching each other. */
final class RowRanges {

  private long[] from = new long[4];
  private long[] to = new long[4];
  private int size;

  static RowRanges of(long from, long to) {
    RowRanges ranges = new RowRanges();
    ranges.add(from, to);
    return ranges;
  }

  /** Adds rows behind, or at the end of, those that are there. */
  void add(long first, long end) {
    if (first >= end) {
      return;
    }
    if (size > 0 && first <= to[size - 1]) {
      to[size - 1] = Math.max(to[size - 1], end);
      return;
    }
    if (size == from.length) {
      from = Arrays.copyOf(from, 2 * size);
      to = Arrays.copyOf(to, 2 * size);
    }
    from[size] = first;
    to[size++] = end;
  }

  int size() {
    return size;
  }

  long from(int range) {
    return from[range];
  }

  /** Row behind the last of a range. */
  long to(int range) {
    return to[range];
  }

  boolean isEmpty() {
    return size == 0;
  }

  RowRanges and(RowRanges other) {
    RowRanges both = new RowRanges();
    for (int a = 0, b = 0; a < size && b < other.size; ) {
      both.add(Math.max(from[a], other.from[b]), Math.min(to[a], other.to[b]));
      if (to[a] < other.to[b]) {
        a++;
      } else {
        b++;
      }
    }
    return both;
  }

  RowRanges or(RowRanges other) {
    RowRanges either = new RowRanges();
    for (int a = 0, b = 0; a < size || b < other.size; ) {
      if (b == other.size || a < size && from[a] <= other.from[b]) {
        either.add(from[a], to[a++]);
      } else {
        either.add(other.from[b], other.to[b++]);
      }
    }
    return either;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < size; r++) {
      text.append(r == 0 ? "" : " ").append(from[r]).append('-').append(to[r]);
    }
    return text.toString();
  }
}

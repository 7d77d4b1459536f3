/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import java.util.Arrays;

/**
 * Where each row of a table goes. Columns with nulls are brought into another order by their values
 * instead of by their rows: tables of attributes have a column for each type, and a value in one of
 * them.
 */
final class Placement {

  private static final int NOWHERE = -1;

  /** By row where it goes, or {@link #NOWHERE}. */
  private final int[] targets;

  private final int length;

  /** Rows with a value, and where they go, up to {@link #count}. */
  private final int[] from;

  private final int[] to;
  private int count;
  private long[] validity;

  private Placement(int[] targets, int length) {
    this.targets = targets;
    this.length = length;
    this.from = new int[length];
    this.to = new int[length];
  }

  /**
   * The rows {@code order[first..end)} in that order.
   *
   * @param rows of the table
   * @return null if a row goes to several places, or if few go anywhere
   */
  static Placement of(int rows, int[] order, int first, int end) {
    if (end - first < rows >> 1) {
      return null;
    }
    int[] targets = new int[rows];
    Arrays.fill(targets, NOWHERE);
    for (int i = first; i < end; i++) {
      if (targets[order[i]] != NOWHERE) {
        return null;
      }
      targets[order[i]] = i - first;
    }
    return new Placement(targets, end - first);
  }

  /** The next column has values in these rows. */
  void take(long[] bits) {
    validity = Validity.empty(length);
    int n = 0;
    for (int w = 0; w << 6 < targets.length; w++) {
      for (long left = bits[w]; left != 0; left &= left - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(left);
        int target = targets[row];
        if (target != NOWHERE) {
          Validity.set(validity, target);
          from[n] = row;
          to[n++] = target;
        }
      }
    }
    count = n;
  }

  /** Rows of the result. */
  int length() {
    return length;
  }

  /** The column's values in the result; null if all rows have one. */
  long[] validity() {
    return count == length ? null : validity;
  }

  /** How many values the column has. */
  int count() {
    return count;
  }

  /** Their rows, as many as there are values. */
  int[] from() {
    return from;
  }

  /** Their rows in the result. */
  int[] to() {
    return to;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/**
 * Which rows of some columns may differ from the row before; column by column, without branches.
 */
@Internal
public final class RowChanges {

  private static final int STRIDE = 64;

  /** By row, not 0 if it may differ. */
  private int[] differs = {};

  /** Begins anew with so many rows, of which the first differs. */
  public void reset(int rows) {
    if (differs.length < rows) {
      differs = new int[rows];
    } else {
      Arrays.fill(differs, 0, rows, 0);
    }
    if (rows > 0) {
      differs[0] = 1;
    }
  }

  /** Regards a column of integers or strings, too, from its first row on. */
  public void add(Vector vector) {
    int rows = vector.length();
    if (vector instanceof IntVector ints) {
      mark(ints.values(), rows);
    } else {
      BinaryVector binary = (BinaryVector) vector;
      if (binary.hasDictionary()) {
        mark(binary.ids(), rows);
      } else {
        markBytes(binary);
      }
    }
    if (vector.hasNulls()) {
      markNulls(vector.validity(), rows);
    }
  }

  /** Rows that have a value behind one that has none, or the other way round. */
  private void markNulls(long[] validity, int rows) {
    long before = validity[0];
    for (int first = 0; first < rows; first += STRIDE) {
      long bits = validity[first / STRIDE];
      long changed = bits ^ (bits << 1 | before & 1);
      for (before = bits >>> STRIDE - 1; changed != 0; changed &= changed - 1) {
        int row = first + Long.numberOfTrailingZeros(changed);
        if (row < rows) {
          differs[row] = 1;
        }
      }
    }
  }

  private void mark(int[] values, int rows) {
    for (int row = 1; row < rows; row++) {
      differs[row] |= values[row] ^ values[row - 1];
    }
  }

  private void markBytes(BinaryVector strings) {
    for (int row = 1; row < strings.length(); row++) {
      differs[row] |= sameBytes(strings, row) ? 0 : 1;
    }
  }

  private static boolean sameBytes(BinaryVector strings, int row) {
    int size = strings.size(row);
    return size == strings.size(row - 1)
        && (size == 0
            || Arrays.equals(
                strings.data(),
                strings.start(row),
                strings.start(row) + size,
                strings.data(),
                strings.start(row - 1),
                strings.start(row - 1) + size));
  }

  /**
   * The first row behind {@code row} that may differ from the one before it; at most {@code end}.
   */
  public int next(int row, int end) {
    int next = row + 1;
    while (next + STRIDE <= end && areAlike(next, next + STRIDE)) {
      next += STRIDE;
    }
    while (next < end && differs[next] == 0) {
      next++;
    }
    return next;
  }

  private boolean areAlike(int from, int to) {
    int difference = 0;
    for (int row = from; row < to; row++) {
      difference |= differs[row];
    }
    return difference == 0;
  }
}

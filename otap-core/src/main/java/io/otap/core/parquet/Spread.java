/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

/**
 * Moves values that lie one behind the other to the rows that have one, in place, from the last on;
 * rows without get zero. Without branches, because nulls have no pattern.
 */
final class Spread {

  private Spread() {}

  static void bytes(byte[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int i = at + rows - 1; i >= at && p <= i; i--) {
      int bit = (int) (validity[i >>> 6] >>> i) & 1;
      p -= bit;
      values[i] = (byte) (values[p] & -bit);
    }
  }

  static void ints(int[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int i = at + rows - 1; i >= at && p <= i; i--) {
      int bit = (int) (validity[i >>> 6] >>> i) & 1;
      p -= bit;
      values[i] = values[p] & -bit;
    }
  }

  static void longs(long[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int i = at + rows - 1; i >= at && p <= i; i--) {
      long bit = validity[i >>> 6] >>> i & 1;
      p -= (int) bit;
      values[i] = values[p] & -bit;
    }
  }

  static void doubles(double[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int i = at + rows - 1; i >= at && p <= i; i--) {
      boolean valid = (validity[i >>> 6] >>> i & 1) != 0;
      p -= valid ? 1 : 0;
      values[i] = valid ? values[p] : 0;
    }
  }

  /** The same for ends of entries: {@code ends[at]} is the end before the first row. */
  static void ends(int[] ends, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int i = at + rows - 1; i >= at; i--) {
      ends[i + 1] = ends[p];
      p -= (int) (validity[i >>> 6] >>> i & 1);
    }
  }
}

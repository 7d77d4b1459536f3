/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/**
 * Moves values that lie one behind the other to the rows that have one, in place, from the last on;
 * rows without get zero. Without branches, because nulls have no pattern.
 */
@Internal
public final class Spread {

  /**
   * A word of 64 rows with fewer values than this is zeroed, and its values put where they belong;
   * with more, each row gets something, without branches.
   */
  private static final int FEW = 20;

  private Spread() {}

  public static void bytes(byte[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int end = at + rows; end > at && p < end; ) {
      int from = Math.max(at, end - 1 & -64);
      long bits = word(validity, from, end);
      int count = Long.bitCount(bits);
      if (count < FEW && p <= from) {
        Arrays.fill(values, from, end, (byte) 0);
        p -= count;
        for (int q = p; bits != 0; bits &= bits - 1) {
          values[(from & -64) + Long.numberOfTrailingZeros(bits)] = values[q++];
        }
      } else {
        for (int i = end - 1; i >= from && p <= i; i--) {
          int bit = (int) (bits >>> i) & 1;
          p -= bit;
          values[i] = (byte) (values[p] & -bit);
        }
      }
      end = from;
    }
  }

  public static void ints(int[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int end = at + rows; end > at && p < end; ) {
      int from = Math.max(at, end - 1 & -64);
      long bits = word(validity, from, end);
      int count = Long.bitCount(bits);
      if (count < FEW && p <= from) {
        Arrays.fill(values, from, end, 0);
        p -= count;
        for (int q = p; bits != 0; bits &= bits - 1) {
          values[(from & -64) + Long.numberOfTrailingZeros(bits)] = values[q++];
        }
      } else {
        for (int i = end - 1; i >= from && p <= i; i--) {
          int bit = (int) (bits >>> i) & 1;
          p -= bit;
          values[i] = values[p] & -bit;
        }
      }
      end = from;
    }
  }

  public static void longs(long[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int end = at + rows; end > at && p < end; ) {
      int from = Math.max(at, end - 1 & -64);
      long bits = word(validity, from, end);
      int count = Long.bitCount(bits);
      if (count < FEW && p <= from) {
        Arrays.fill(values, from, end, 0);
        p -= count;
        for (int q = p; bits != 0; bits &= bits - 1) {
          values[(from & -64) + Long.numberOfTrailingZeros(bits)] = values[q++];
        }
      } else {
        for (int i = end - 1; i >= from && p <= i; i--) {
          long bit = bits >>> i & 1;
          p -= (int) bit;
          values[i] = values[p] & -bit;
        }
      }
      end = from;
    }
  }

  public static void doubles(double[] values, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int end = at + rows; end > at && p < end; ) {
      int from = Math.max(at, end - 1 & -64);
      long bits = word(validity, from, end);
      int count = Long.bitCount(bits);
      if (count < FEW && p <= from) {
        Arrays.fill(values, from, end, 0);
        p -= count;
        for (int q = p; bits != 0; bits &= bits - 1) {
          values[(from & -64) + Long.numberOfTrailingZeros(bits)] = values[q++];
        }
      } else {
        for (int i = end - 1; i >= from && p <= i; i--) {
          boolean valid = (bits >>> i & 1) != 0;
          p -= valid ? 1 : 0;
          values[i] = valid ? values[p] : 0;
        }
      }
      end = from;
    }
  }

  /** The bits of these rows, which are of one word, in their places. */
  private static long word(long[] validity, int from, int end) {
    return validity[from >>> 6] & -1L << from & -1L >>> -end;
  }

  /** The same for ends of entries: {@code ends[at]} is the end before the first row. */
  public static void ends(int[] ends, int at, int rows, int present, long[] validity) {
    int p = at + present;
    for (int i = at + rows - 1; i >= at; i--) {
      ends[i + 1] = ends[p];
      p -= (int) (validity[i >>> 6] >>> i & 1);
    }
  }
}

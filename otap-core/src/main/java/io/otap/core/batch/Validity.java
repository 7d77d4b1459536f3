/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;

/** Bitmaps of rows that have a value, in Arrow's bit order. A null bitmap stands for «all rows». */
@Internal
public final class Validity {

  private Validity() {}

  /** A bitmap of {@code rows} bits, all zero. */
  public static long[] empty(int rows) {
    return new long[(rows + 63) >>> 6];
  }

  /** A bitmap whose first {@code rows} bits are one. */
  public static long[] full(int rows) {
    long[] bits = empty(rows);
    fill(bits, 0, rows);
    return bits;
  }

  public static boolean get(long[] bits, int row) {
    return bits == null || (bits[row >>> 6] >>> row & 1) != 0;
  }

  public static void set(long[] bits, int row) {
    bits[row >>> 6] |= 1L << row;
  }

  /** Sets the bits from {@code from} to {@code to}, exclusive. */
  public static void fill(long[] bits, int from, int to) {
    if (from >= to) {
      return;
    }
    int first = from >>> 6;
    int last = (to - 1) >>> 6;
    long head = -1L << from;
    long tail = -1L >>> -to;
    if (first == last) {
      bits[first] |= head & tail;
      return;
    }
    bits[first] |= head;
    for (int w = first + 1; w < last; w++) {
      bits[w] = -1L;
    }
    bits[last] |= tail;
  }

  /** Sets those of the {@code rows} bits from {@code at} on that are set from the first on. */
  static void or(long[] bits, int at, long[] source, int rows) {
    int shift = at & 63;
    int base = at >>> 6;
    int last = (rows - 1) >>> 6;
    for (int w = 0; w <= last; w++) {
      long word = w == last ? source[w] & -1L >>> -rows : source[w];
      bits[base + w] |= word << shift;
      long high = shift == 0 ? 0 : word >>> (64 - shift);
      if (high != 0) {
        bits[base + w + 1] |= high;
      }
    }
  }

  public static int count(long[] bits, int rows) {
    if (bits == null) {
      return rows;
    }
    int n = 0;
    for (long w : bits) {
      n += Long.bitCount(w);
    }
    return n;
  }

  /**
   * The bits from {@code from} to {@code to}, exclusive, as a bitmap of their own; null if all are
   * one.
   */
  public static long[] slice(long[] bits, int from, int to) {
    if (bits == null) {
      return null;
    }
    int rows = to - from;
    long[] out = empty(rows);
    int shift = from & 63;
    int base = from >>> 6;
    for (int w = 0; w < out.length; w++) {
      long low = bits[base + w] >>> shift;
      long high = shift != 0 && base + w + 1 < bits.length ? bits[base + w + 1] << (64 - shift) : 0;
      out[w] = low | high;
    }
    trim(out, rows);
    return count(out, rows) == rows ? null : out;
  }

  /** The bits of {@code rows[from..to)}; null if all are one. */
  public static long[] gather(long[] bits, int[] rows, int from, int to) {
    if (bits == null) {
      return null;
    }
    long[] out = empty(to - from);
    int ones = 0;
    for (int w = 0; w < out.length; w++) {
      int first = from + (w << 6);
      long word = 0;
      for (int i = first; i < Math.min(to, first + Long.SIZE); i++) {
        word |= (bits[rows[i] >>> 6] >>> rows[i] & 1) << i - first;
      }
      out[w] = word;
      ones += Long.bitCount(word);
    }
    return ones == to - from ? null : out;
  }

  private static void trim(long[] bits, int rows) {
    if ((rows & 63) != 0) {
      bits[bits.length - 1] &= -1L >>> -rows;
    }
  }
}

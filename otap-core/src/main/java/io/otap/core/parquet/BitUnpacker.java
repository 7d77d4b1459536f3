/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers of a fixed count of bits, lowest bits first, as the format packs them. Groups of eight
 * begin at whole bytes, so a narrow group is one or two words.
 */
final class BitUnpacker {

  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BitUnpacker() {}

  /**
   * Unpacks {@code n} numbers from the number {@code first} on.
   *
   * @param bytes with at least eight readable bytes from the last number on
   * @param base byte at which number 0 begins
   * @param width bits of a number, 0 to 32
   */
  static void unpack(byte[] bytes, int base, int first, int width, int[] out, int off, int n) {
    int i = first;
    int end = first + n;
    int o = off;
    while (i < end && (i & 7) != 0) {
      out[o++] = one(bytes, base, i++, width);
    }
    int groups = Math.max(0, end - i >>> 3);
    int at = base + (i >>> 3) * width;
    if (width <= 8) {
      narrow(bytes, at, width, out, o, groups);
    } else if (width <= 16) {
      wide(bytes, at, width, out, o, groups);
    } else if (width <= 28) {
      wider(bytes, at, width, out, o, groups);
    } else {
      groups = 0;
    }
    i += 8 * groups;
    o += 8 * groups;
    int mask = (int) ((1L << width) - 1);
    for (long bit = (long) i * width; i < end; i++, bit += width) {
      out[o++] = (int) ((long) LONG.get(bytes, base + (int) (bit >>> 3)) >>> (bit & 7)) & mask;
    }
  }

  /** The compiler makes of each constant width a loop of its own, with constant shifts. */
  private static void narrow(byte[] bytes, int at, int width, int[] out, int o, int groups) {
    switch (width) {
      case 1 -> narrowGroups(bytes, at, 1, out, o, groups);
      case 2 -> narrowGroups(bytes, at, 2, out, o, groups);
      case 3 -> narrowGroups(bytes, at, 3, out, o, groups);
      case 4 -> narrowGroups(bytes, at, 4, out, o, groups);
      default -> narrowGroups(bytes, at, width, out, o, groups);
    }
  }

  private static void narrowGroups(
      byte[] bytes, int from, int width, int[] out, int off, int groups) {
    int mask = (1 << width) - 1;
    for (int g = 0, at = from, o = off; g < groups; g++, at += width, o += 8) {
      long w = (long) LONG.get(bytes, at);
      out[o] = (int) w & mask;
      out[o + 1] = (int) (w >>> width) & mask;
      out[o + 2] = (int) (w >>> 2 * width) & mask;
      out[o + 3] = (int) (w >>> 3 * width) & mask;
      out[o + 4] = (int) (w >>> 4 * width) & mask;
      out[o + 5] = (int) (w >>> 5 * width) & mask;
      out[o + 6] = (int) (w >>> 6 * width) & mask;
      out[o + 7] = (int) (w >>> 7 * width) & mask;
    }
  }

  private static void wide(byte[] bytes, int from, int width, int[] out, int off, int groups) {
    int mask = (1 << width) - 1;
    int half = width >>> 1;
    int odd = (width & 1) << 2;
    for (int g = 0, at = from, o = off; g < groups; g++, at += width, o += 8) {
      long a = (long) LONG.get(bytes, at);
      long b = (long) LONG.get(bytes, at + half) >>> odd;
      out[o] = (int) a & mask;
      out[o + 1] = (int) (a >>> width) & mask;
      out[o + 2] = (int) (a >>> 2 * width) & mask;
      out[o + 3] = (int) (a >>> 3 * width) & mask;
      out[o + 4] = (int) b & mask;
      out[o + 5] = (int) (b >>> width) & mask;
      out[o + 6] = (int) (b >>> 2 * width) & mask;
      out[o + 7] = (int) (b >>> 3 * width) & mask;
    }
  }

  /** Two numbers a word, which begins up to six bits before them. */
  private static void wider(byte[] bytes, int from, int width, int[] out, int off, int groups) {
    int mask = (1 << width) - 1;
    int second = width >>> 2;
    int third = width >>> 1;
    int fourth = 3 * width >>> 2;
    int secondBit = 2 * width & 7;
    int thirdBit = 4 * width & 7;
    int fourthBit = 6 * width & 7;
    for (int g = 0, at = from, o = off; g < groups; g++, at += width, o += 8) {
      long a = (long) LONG.get(bytes, at);
      long b = (long) LONG.get(bytes, at + second) >>> secondBit;
      long c = (long) LONG.get(bytes, at + third) >>> thirdBit;
      long d = (long) LONG.get(bytes, at + fourth) >>> fourthBit;
      out[o] = (int) a & mask;
      out[o + 1] = (int) (a >>> width) & mask;
      out[o + 2] = (int) b & mask;
      out[o + 3] = (int) (b >>> width) & mask;
      out[o + 4] = (int) c & mask;
      out[o + 5] = (int) (c >>> width) & mask;
      out[o + 6] = (int) d & mask;
      out[o + 7] = (int) (d >>> width) & mask;
    }
  }

  private static int one(byte[] bytes, int base, int i, int width) {
    long bit = (long) i * width;
    long word = (long) LONG.get(bytes, base + (int) (bit >>> 3)) >>> (bit & 7);
    return (int) (word & ((1L << width) - 1));
  }
}

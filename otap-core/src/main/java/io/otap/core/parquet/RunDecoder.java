/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.Arrays;

/**
 * The format's hybrid of runs and bit-packed numbers, for levels, dictionary ids and booleans.
 * Streams: a run of a billion takes no memory.
 */
final class RunDecoder {

  private final byte[] bytes;
  private final int end;
  private final int width;
  private int position;
  private long runLeft;
  private int runValue;
  private int packedBase;
  private int packedNext;
  private long packedLeft;

  /**
   * @param bytes with {@link ChunkInput#SLACK} readable bytes behind {@code end}
   * @param width bits of a number
   */
  RunDecoder(byte[] bytes, int from, int end, int width) throws IOException {
    if (width < 0 || width > 32) {
      throw OtapException.of(CORRUPT, "numbers of " + width + " bits are not possible");
    }
    this.bytes = bytes;
    this.position = from;
    this.end = end;
    this.width = width;
  }

  /** Takes up to {@code n} equal numbers at once; 0 if packed ones are next. */
  int repeat(int n) throws IOException {
    next();
    int run = (int) Math.min(n, runLeft);
    runLeft -= run;
    return run;
  }

  /** The number of the run that {@link #repeat} took from. */
  int value() {
    return runValue;
  }

  /** Takes up to {@code n} packed numbers; 0 if a run is next. */
  int packed(int[] out, int off, int n) throws IOException {
    int m = packed(n);
    BitUnpacker.unpack(bytes, packedBase, packedNext - m, width, out, off, m);
    return m;
  }

  /**
   * Takes up to {@code min(n, 64)} packed numbers of one bit as a word, lowest first. Behind them
   * the word has anything.
   */
  int packedBits(long[] word, int n) throws IOException {
    int m = packed(Math.min(n, 56));
    int bit = packedNext - m;
    word[0] = (long) BitUnpacker.LONG.get(bytes, packedBase + (bit >>> 3)) >>> (bit & 7);
    return m;
  }

  private int packed(int n) throws IOException {
    next();
    int m = (int) Math.min(n, packedLeft);
    packedLeft -= m;
    packedNext += m;
    return m;
  }

  void read(int[] out, int off, int n) throws IOException {
    int at = off;
    int left = n;
    while (left > 0) {
      int m = repeat(left);
      if (m > 0) {
        Arrays.fill(out, at, at + m, runValue);
      } else {
        m = packed(out, at, left);
      }
      at += m;
      left -= m;
    }
  }

  void skip(int n) throws IOException {
    int left = n;
    while (left > 0) {
      int m = repeat(left);
      left -= m > 0 ? m : packed(left);
    }
  }

  private void next() throws IOException {
    while (runLeft == 0 && packedLeft == 0) {
      int header = varint();
      if ((header & 1) == 0) {
        int size = (width + 7) >>> 3;
        if (size > end - position) {
          throw cutOff();
        }
        int value = 0;
        for (int i = 0; i < size; i++) {
          value |= (bytes[position++] & 0xff) << 8 * i;
        }
        if (width < 32 && value >>> width != 0) {
          throw OtapException.of(
              CORRUPT, "a run of " + value + " does not fit in " + width + " bits");
        }
        runLeft = header >>> 1;
        runValue = value;
      } else {
        long groups = header >>> 1;
        long size = Math.min(groups * width, end - position);
        packedBase = position;
        packedNext = 0;
        packedLeft = Math.min(width == 0 ? groups * 8 : size * 8 / width, Integer.MAX_VALUE);
        if (groups > 0 && packedLeft == 0) {
          throw cutOff();
        }
        position += (int) size;
      }
    }
  }

  private int varint() throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (position >= end) {
        throw cutOff();
      }
      int b = bytes[position++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw OtapException.of(CORRUPT, "a run has a length of more than 32 bits");
  }

  private static OtapException cutOff() {
    return OtapException.of(CORRUPT, "a page ends before its levels, ids or booleans do");
  }
}

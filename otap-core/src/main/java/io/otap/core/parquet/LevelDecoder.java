/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.batch.Validity;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.Arrays;

/** Repetition or definition levels of a page. */
final class LevelDecoder {

  private static final int STEP = 1024;

  private final RunDecoder runs;
  private final int max;
  private final long[] word = new long[1];
  private int[] scratch;

  /** Those with a value among the levels that {@link #packed} took. */
  private int counted;

  /**
   * @param runs null if the largest level is 0: the page then has none
   */
  private LevelDecoder(RunDecoder runs, int max) {
    this.runs = runs;
    this.max = max;
  }

  static LevelDecoder none() {
    return new LevelDecoder(null, 0);
  }

  static LevelDecoder of(byte[] bytes, int from, int end, int max) throws IOException {
    if (max == 0) {
      return none();
    }
    return new LevelDecoder(
        new RunDecoder(bytes, from, end, 32 - Integer.numberOfLeadingZeros(max)), max);
  }

  /** The next {@code n} levels. */
  void read(int[] out, int off, int n) throws IOException {
    if (runs == null) {
      Arrays.fill(out, off, off + n, 0);
      return;
    }
    runs.read(out, off, n);
    for (int i = off; i < off + n; i++) {
      if (out[i] > max) {
        throw tooLarge(out[i]);
      }
    }
  }

  /**
   * Sets the bits of those of the next {@code n} levels that are the largest, so that have a value.
   *
   * @param bits null if only the number is asked for
   * @return their number
   */
  int present(long[] bits, int from, int n) throws IOException {
    if (runs == null) {
      if (bits != null) {
        Validity.fill(bits, from, from + n);
      }
      return n;
    }
    int at = from;
    int end = from + n;
    int present = 0;
    while (at < end) {
      int run = runs.repeat(end - at);
      if (run > 0) {
        if (runs.value() > max) {
          throw tooLarge(runs.value());
        }
        if (runs.value() == max) {
          present += run;
          if (bits != null) {
            Validity.fill(bits, at, at + run);
          }
        }
        at += run;
      } else if (max == 1) {
        int m = runs.packedBits(word, end - at);
        present += or(bits, at, word[0] & (1L << m) - 1);
        at += m;
      } else {
        at += packed(bits, at, end - at);
        present += counted;
      }
    }
    return present;
  }

  private int packed(long[] bits, int at, int n) throws IOException {
    if (scratch == null) {
      scratch = new int[STEP];
    }
    int m = runs.packed(scratch, 0, Math.min(STEP, n));
    counted = 0;
    for (int i = 0; i < m; i++) {
      int level = scratch[i];
      if (level > max) {
        throw tooLarge(level);
      }
      if (level == max) {
        counted++;
        if (bits != null) {
          Validity.set(bits, at + i);
        }
      }
    }
    return m;
  }

  private static int or(long[] bits, int at, long word) {
    if (bits != null && word != 0) {
      bits[at >>> 6] |= word << at;
      long high = (at & 63) == 0 ? 0 : word >>> (64 - (at & 63));
      if (high != 0) {
        bits[(at >>> 6) + 1] |= high;
      }
    }
    return Long.bitCount(word);
  }

  private OtapException tooLarge(int level) {
    return OtapException.of(CORRUPT, "a level of " + level + " where " + max + " is the largest");
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.IntVector;

/**
 * Smallest and largest value of a column of a file.
 *
 * @param min inclusive
 * @param max inclusive
 */
@Internal
public record IdRange(long min, long max) {

  /** Nothing is known. */
  public static final IdRange ALL = new IdRange(Long.MIN_VALUE, Long.MAX_VALUE);

  /**
   * Of the ids from {@code from} to {@code to}, exclusive: some, of 32 bits, unsigned, no nulls.
   */
  public static IdRange of(IntVector ids, int from, int to) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    for (int i = from; i < to; i++) {
      min = Math.min(min, ids.get(i) ^ Integer.MIN_VALUE);
      max = Math.max(max, ids.get(i) ^ Integer.MIN_VALUE);
    }
    return new IdRange(
        Integer.toUnsignedLong(min ^ Integer.MIN_VALUE),
        Integer.toUnsignedLong(max ^ Integer.MIN_VALUE));
  }

  /** Whether these ids, some, of 32 bits and unsigned, count up; without a branch for each. */
  public static boolean countUp(int[] ids, int from, int to) {
    int difference = 0;
    for (int i = from + 1; i < to; i++) {
      difference |= ids[i] - ids[i - 1] ^ 1;
    }
    return difference == 0 && Integer.compareUnsigned(ids[from], ids[to - 1]) <= 0;
  }

  public boolean meets(long from, long to) {
    return min <= to && from <= max;
  }

  /** Whether a range, which may be null for «no value», meets this one. */
  public boolean meets(IdRange other) {
    return other != null && other.meets(min, max);
  }
}

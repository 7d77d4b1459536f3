/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.BitSet;

/**
 * Counts how many of some resource numbers have a key, for any head: both as bits, 64 numbers at a
 * time.
 */
@Internal
final class KeyHits {

  private final long[] numbers;
  private final int count;
  private final long firstId;
  private final long lastId;
  private final long lastKey;
  private final long[] keys;

  /**
   * @param numbers resource numbers that have rows
   * @param own keys from {@code firstId} to {@code lastId} that count
   */
  KeyHits(BitSet numbers, long firstId, long lastId, Keys own) {
    this.numbers = numbers.toLongArray();
    this.count = numbers.cardinality();
    this.firstId = firstId;
    this.lastId = lastId;
    this.lastKey = lastId + numbers.length();
    this.keys = new long[(int) (lastKey - firstId >>> 6) + 3];
    for (int k = 0; k < own.size(); k++) {
      set(own.get(k));
    }
  }

  /** All keys behind the ids count, too. */
  void addBehind(IdList all) {
    for (int k = all.lower(lastId + 1); k < all.size() && all.get(k) <= lastKey; k++) {
      set(all.get(k));
    }
  }

  private void set(long key) {
    long bit = key - firstId;
    keys[(int) (bit >>> 6)] |= 1L << bit;
  }

  /** How many of the numbers have no key if the batch has this offset. */
  int missing(long head) {
    int word = (int) (head - firstId >>> 6);
    int shift = (int) (head - firstId & 63);
    int missing = count;
    for (int w = 0; w < numbers.length; w++) {
      long low = keys[word + w] >>> shift;
      long high = shift == 0 ? 0 : keys[word + w + 1] << 64 - shift;
      missing -= Long.bitCount((low | high) & numbers[w]);
    }
    return missing;
  }
}

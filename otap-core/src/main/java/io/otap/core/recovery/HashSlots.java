/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/**
 * The open-addressing table behind a pool of distinct values: from a hash to the numbers of values
 * that may have it. The pool compares.
 */
@Internal
final class HashSlots {

  private int[] numbers = new int[64];
  private int[] hashes = new int[64];
  private int used;

  HashSlots() {
    Arrays.fill(numbers, -1);
  }

  static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ h >>> 15;
  }

  /** The slot to look at first. */
  int first(int hash) {
    return spread(hash) & numbers.length - 1;
  }

  int next(int slot) {
    return slot + 1 & numbers.length - 1;
  }

  /** The number in a slot, or -1 at the end of a search. */
  int number(int slot) {
    return numbers[slot];
  }

  /** The {@link #spread} hash of the value in a slot. */
  int hash(int slot) {
    return hashes[slot];
  }

  /** Puts a new value's number where the search for it ended. */
  void put(int slot, int hash, int number) {
    numbers[slot] = number;
    hashes[slot] = spread(hash);
    if (2 * ++used > numbers.length) {
      grow();
    }
  }

  private void grow() {
    int[] oldNumbers = numbers;
    int[] oldHashes = hashes;
    numbers = new int[2 * oldNumbers.length];
    hashes = new int[numbers.length];
    Arrays.fill(numbers, -1);
    for (int s = 0; s < oldNumbers.length; s++) {
      if (oldNumbers[s] >= 0) {
        int slot = oldHashes[s] & numbers.length - 1;
        while (numbers[slot] >= 0) {
          slot = next(slot);
        }
        numbers[slot] = oldNumbers[s];
        hashes[slot] = oldHashes[s];
      }
    }
  }
}

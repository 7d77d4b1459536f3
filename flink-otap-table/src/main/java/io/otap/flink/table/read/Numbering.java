/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import java.util.Arrays;

/** Numbers keys from 0 on, as they appear. */
final class Numbering {

  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private long[] keys = new long[64];
  private int[] numbers = new int[64];
  private int size;

  Numbering() {
    Arrays.fill(numbers, -1);
  }

  int of(long key) {
    int slot = slot(key);
    if (numbers[slot] < 0) {
      if (2 * size == keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      numbers[slot] = size++;
    }
    return numbers[slot];
  }

  int size() {
    return size;
  }

  /** The slot with this key, or the free one for it. */
  private int slot(long key) {
    int slot = (int) (key * MIX >>> Integer.SIZE) & keys.length - 1;
    while (numbers[slot] >= 0 && keys[slot] != key) {
      slot = slot + 1 & keys.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[2 * oldKeys.length];
    numbers = new int[keys.length];
    Arrays.fill(numbers, -1);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldNumbers[i] >= 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}

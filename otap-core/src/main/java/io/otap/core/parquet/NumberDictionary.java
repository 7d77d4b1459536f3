/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.util.Arrays;

/** Different numbers, by their bits, in the order of appearance. */
final class NumberDictionary {

  private long[] entries = new long[64];
  private int[] slots = new int[256];
  private int size;

  NumberDictionary() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  long get(int entry) {
    return entries[entry];
  }

  /** The entry of a number, which is added if it is new. */
  int entry(long value) {
    int slot = slot(value);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      slots = new int[4 * entries.length];
      Arrays.fill(slots, -1);
      for (int i = 0; i < size; i++) {
        slots[slot(entries[i])] = i;
      }
      slot = slot(value);
    }
    entries[size] = value;
    slots[slot] = size;
    return size++;
  }

  private int slot(long value) {
    long hash = value * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & slots.length - 1;
    while (slots[slot] >= 0 && entries[slots[slot]] != value) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}

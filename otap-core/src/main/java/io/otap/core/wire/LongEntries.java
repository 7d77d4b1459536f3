/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import java.util.Arrays;

/** Distinct numbers, numbered from 0 as they come. */
final class LongEntries {

  private long[] values = new long[16];
  private int[] slots = new int[32];
  private int size;

  LongEntries() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  long get(int entry) {
    return values[entry];
  }

  /** The number of a value, which is added if it is new. */
  int add(long value) {
    int slot = slot(value);
    while (slots[slot] >= 0) {
      if (values[slots[slot]] == value) {
        return slots[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = size;
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
    if (2 * size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[4 * slots.length];
    Arrays.fill(slots, -1);
    for (int entry = 0; entry < size; entry++) {
      int slot = slot(values[entry]);
      while (slots[slot] >= 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = entry;
    }
  }

  private int slot(long value) {
    long hash = value * 0x9E3779B97F4A7C15L;
    return (int) (hash ^ hash >>> 32) & slots.length - 1;
  }
}

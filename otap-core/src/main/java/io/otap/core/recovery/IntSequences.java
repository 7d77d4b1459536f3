/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/** Distinct sequences of numbers, numbered in the order of their first use. */
@Internal
final class IntSequences {

  private final HashSlots slots = new HashSlots();
  private int[] offsets = new int[16];
  private int[] data = new int[64];
  private int size;

  /** The number of the first {@code length} values, which are added if they are new. */
  int intern(int[] values, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + HashSlots.spread(values[i]);
    }
    int slot = slots.first(hash);
    for (int number; (number = slots.number(slot)) >= 0; slot = slots.next(slot)) {
      if (slots.hash(slot) == HashSlots.spread(hash)
          && Arrays.equals(data, offsets[number], offsets[number + 1], values, 0, length)) {
        return number;
      }
    }
    append(values, length);
    slots.put(slot, hash, size - 1);
    return size - 1;
  }

  /** Adds a sequence without a search; its number is the count before. */
  void append(int[] values, int length) {
    int at = offsets[size];
    if (data.length - at < length) {
      data = Arrays.copyOf(data, Math.addExact(at, Math.max(length, at)));
    }
    System.arraycopy(values, 0, data, at, length);
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[++size] = at + length;
  }

  int size() {
    return size;
  }

  int length(int number) {
    return offsets[number + 1] - offsets[number];
  }

  int get(int number, int index) {
    return data[offsets[number] + index];
  }

  void copy(int number, int[] target, int at) {
    System.arraycopy(data, offsets[number], target, at, length(number));
  }
}

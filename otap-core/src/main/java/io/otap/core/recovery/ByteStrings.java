/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/** Distinct byte strings, numbered in the order of their first use. */
@Internal
final class ByteStrings {

  private final HashSlots slots = new HashSlots();
  private int[] offsets = new int[16];
  private byte[] data = new byte[256];
  private int size;

  /** The number of these bytes, which are added if they are new. */
  int intern(byte[] bytes, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = slots.first(hash);
    for (int number; (number = slots.number(slot)) >= 0; slot = slots.next(slot)) {
      if (slots.hash(slot) == HashSlots.spread(hash)
          && Arrays.equals(
              data, offsets[number], offsets[number + 1], bytes, start, start + length)) {
        return number;
      }
    }
    append(bytes, start, length);
    slots.put(slot, hash, size);
    return size++;
  }

  private void append(byte[] bytes, int start, int length) {
    int at = offsets[size];
    if (data.length - at < length) {
      data = Arrays.copyOf(data, Math.addExact(at, Math.max(length, at)));
    }
    System.arraycopy(bytes, start, data, at, length);
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[size + 1] = at + length;
  }

  int size() {
    return size;
  }

  int length(int number) {
    return offsets[number + 1] - offsets[number];
  }

  void copy(int number, byte[] target, int at) {
    System.arraycopy(data, offsets[number], target, at, length(number));
  }
}

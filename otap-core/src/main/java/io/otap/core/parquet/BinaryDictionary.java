/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.util.Arrays;

/** Different strings in the order of appearance. */
final class BinaryDictionary {

  private int[] offsets = new int[65];
  private byte[] data = new byte[1024];
  private int[] hashes = new int[64];
  private int[] slots = new int[256];
  private int size;

  BinaryDictionary() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  int bytes() {
    return offsets[size];
  }

  byte[] data() {
    return data;
  }

  int start(int entry) {
    return offsets[entry];
  }

  int end(int entry) {
    return offsets[entry + 1];
  }

  int size(int entry) {
    return offsets[entry + 1] - offsets[entry];
  }

  /** The entry of a value, which is added if it is new. */
  int entry(byte[] source, int from, int to) {
    int hash = hash(source, from, to);
    int slot = hash & slots.length - 1;
    while (slots[slot] >= 0) {
      int entry = slots[slot];
      if (hashes[entry] == hash
          && Arrays.equals(data, offsets[entry], offsets[entry + 1], source, from, to)) {
        return entry;
      }
      slot = slot + 1 & slots.length - 1;
    }
    if (size == hashes.length) {
      grow();
      slot = free(hash);
    }
    int start = offsets[size];
    int end = Math.addExact(start, to - from);
    if (end > data.length) {
      data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, 2L * end));
    }
    System.arraycopy(source, from, data, start, to - from);
    hashes[size] = hash;
    slots[slot] = size;
    offsets[size + 1] = end;
    return size++;
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, 2 * size);
    offsets = Arrays.copyOf(offsets, 2 * size + 1);
    slots = new int[4 * hashes.length];
    Arrays.fill(slots, -1);
    for (int i = 0; i < size; i++) {
      slots[free(hashes[i])] = i;
    }
  }

  private int free(int hash) {
    int slot = hash & slots.length - 1;
    while (slots[slot] >= 0) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }
}

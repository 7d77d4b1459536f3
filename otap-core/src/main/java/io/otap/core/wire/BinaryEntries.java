/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Distinct byte strings, numbered from 0 as they come. */
final class BinaryEntries {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private byte[] data = new byte[256];
  private int[] offsets = new int[17];
  private int[] hashes = new int[16];
  private int[] slots = new int[32];
  private int size;

  BinaryEntries() {
    Arrays.fill(slots, -1);
  }

  int size() {
    return size;
  }

  /** Bytes of all entries. */
  int bytes() {
    return offsets[size];
  }

  byte[] data() {
    return data;
  }

  /** Start of each entry, and the end of the last; more than that may lie behind. */
  int[] offsets() {
    return offsets;
  }

  /** The number of a byte string, which is added if it is new. */
  int add(byte[] bytes, int from, int length) {
    int hash = hash(bytes, from, length);
    int slot = hash & slots.length - 1;
    while (slots[slot] >= 0) {
      int entry = slots[slot];
      if (hashes[entry] == hash
          && Arrays.equals(data, offsets[entry], offsets[entry + 1], bytes, from, from + length)) {
        return entry;
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = size;
    append(bytes, from, length, hash);
    if (2 * size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void append(byte[] bytes, int from, int length, int hash) {
    int start = offsets[size];
    int end = Math.addExact(start, length);
    if (end > data.length) {
      data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, 2L * end));
    }
    System.arraycopy(bytes, from, data, start, length);
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      offsets = Arrays.copyOf(offsets, 2 * size + 1);
    }
    hashes[size] = hash;
    offsets[++size] = end;
  }

  private void rehash() {
    slots = new int[4 * slots.length];
    Arrays.fill(slots, -1);
    for (int entry = 0; entry < size; entry++) {
      int slot = hashes[entry] & slots.length - 1;
      while (slots[slot] >= 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = entry;
    }
  }

  private static int hash(byte[] bytes, int from, int length) {
    long hash = length;
    int at = from;
    int end = from + length;
    while (end - at >= 8) {
      hash = (hash ^ (long) LONGS.get(bytes, at)) * FACTOR;
      hash ^= hash >>> 29;
      at += 8;
    }
    while (at < end) {
      hash = (hash ^ bytes[at++] & 0xFF) * FACTOR;
    }
    return (int) (hash ^ hash >>> 32);
  }
}

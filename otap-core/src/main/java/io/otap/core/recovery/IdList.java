/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/** A growing list of unsigned 32-bit ids, four bytes each; ascending where it is searched. */
@Internal
final class IdList {

  private int[] ids;
  private int size;

  IdList(int capacity) {
    ids = new int[capacity];
  }

  static IdList of(long... ids) {
    IdList list = new IdList(ids.length);
    for (long id : ids) {
      list.add(id);
    }
    return list;
  }

  void add(long id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(8, size + (size >> 1)));
    }
    ids[size++] = (int) id;
  }

  /** Adds ids of another list. */
  void add(IdList other, int from, int count) {
    add(other.ids, from, count);
  }

  /** Adds ids given by their bits. */
  void add(int[] others, int from, int count) {
    if (ids.length - size < count) {
      ids = Arrays.copyOf(ids, size + Math.max(count, Math.max(8, size >> 1)));
    }
    System.arraycopy(others, from, ids, size, count);
    size += count;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return Integer.toUnsignedLong(ids[index]);
  }

  void set(int index, long id) {
    ids[index] = (int) id;
  }

  /** Index of the first id that is at least {@code id}; {@link #size} if there is none. */
  int lower(long id) {
    return lower(id, 0, size);
  }

  /** The same among the ids from {@code from} to {@code to}, exclusive. */
  int lower(long id, int from, int to) {
    int lo = from;
    int hi = to;
    while (lo < hi) {
      int mid = (lo + hi) >>> 1;
      if (get(mid) < id) {
        lo = mid + 1;
      } else {
        hi = mid;
      }
    }
    return lo;
  }

  boolean contains(long id) {
    return contains(id, 0, size);
  }

  boolean contains(long id, int from, int to) {
    int at = lower(id, from, to);
    return at < to && get(at) == id;
  }

  /** Whether an id lies between {@code lo} and {@code hi}, both included. */
  boolean anyIn(long lo, long hi) {
    int at = lower(lo);
    return at < size && get(at) <= hi;
  }

  void trim() {
    ids = Arrays.copyOf(ids, size);
  }
}

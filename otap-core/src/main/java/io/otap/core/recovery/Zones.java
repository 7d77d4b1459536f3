/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.Arrays;
import java.util.List;

/**
 * A set of ids as disjoint, ascending intervals that do not touch. Meant for intervals that come
 * nearly in order, as the exporter writes them: about one stays per batch.
 */
@Internal
final class Zones {

  static final Zones EMPTY = new Zones();

  private long[] lo = new long[4];
  private long[] hi = new long[4];
  private int size;

  int size() {
    return size;
  }

  long lo(int interval) {
    return lo[interval];
  }

  long hi(int interval) {
    return hi[interval];
  }

  /** The largest id, or {@code none} if there is none. */
  long last(long none) {
    return size == 0 ? none : hi[size - 1];
  }

  /** Adds the ids from {@code from} to {@code to}, both included; none if {@code from > to}. */
  void add(long from, long to) {
    if (from > to || size > 0 && from >= lo[size - 1] && to <= hi[size - 1]) {
      return;
    }
    if (size == 0 || from > hi[size - 1] + 1) {
      insert(size, from, to);
      return;
    }
    int first = from >= lo[size - 1] ? size - 1 : firstEndingAt(from - 1);
    int end = first;
    while (end < size && lo[end] <= to + 1) {
      end++;
    }
    if (end == first) {
      insert(first, from, to);
      return;
    }
    lo[first] = Math.min(lo[first], from);
    hi[first] = Math.max(hi[end - 1], to);
    if (end > first + 1) {
      System.arraycopy(lo, end, lo, first + 1, size - end);
      System.arraycopy(hi, end, hi, first + 1, size - end);
      size -= end - first - 1;
    }
  }

  private void insert(int at, long from, long to) {
    if (size == lo.length) {
      lo = Arrays.copyOf(lo, 2 * size);
      hi = Arrays.copyOf(hi, 2 * size);
    }
    System.arraycopy(lo, at, lo, at + 1, size - at);
    System.arraycopy(hi, at, hi, at + 1, size - at);
    lo[at] = from;
    hi[at] = to;
    size++;
  }

  /** Index of the first interval that ends at or behind an id. */
  int firstEndingAt(long id) {
    int from = 0;
    int to = size;
    while (from < to) {
      int mid = (from + to) >>> 1;
      if (hi[mid] < id) {
        from = mid + 1;
      } else {
        to = mid;
      }
    }
    return from;
  }

  /** Index of the interval that begins with an id, or -1. */
  int startingWith(long id) {
    int at = firstEndingAt(id);
    return at < size && lo[at] == id ? at : -1;
  }

  boolean contains(long id) {
    return hits(id, id);
  }

  /** Whether one of the ids from {@code from} to {@code to}, both included, is in the set. */
  boolean hits(long from, long to) {
    if (size == 0 || hi[size - 1] < from) {
      return false;
    }
    return lo[firstEndingAt(from)] <= to;
  }

  /** Whether all ids from {@code from} to {@code to} are in the set; true if there are none. */
  boolean covers(long from, long to) {
    if (from > to) {
      return true;
    }
    int at = firstEndingAt(from);
    return at < size && lo[at] <= from && to <= hi[at];
  }

  /** The ids from {@code from} to {@code to} that are not in the set. */
  Zones free(long from, long to) {
    Zones free = new Zones();
    long next = from;
    for (int k = firstEndingAt(from); next <= to && k < size; k++) {
      free.add(next, Math.min(lo[k] - 1, to));
      next = Math.max(next, hi[k] + 1);
    }
    free.add(next, to);
    return free;
  }

  /** How many ids are in the set. */
  long count() {
    long sum = 0;
    for (int k = 0; k < size; k++) {
      sum += hi[k] - lo[k] + 1;
    }
    return sum;
  }

  /** The ids of the set, one by one; null if there are more than {@code limit}. */
  long[] ids(long limit) {
    long count = count();
    if (count > limit) {
      return null;
    }
    long[] ids = new long[(int) count];
    int n = 0;
    for (int k = 0; k < size; k++) {
      for (long id = lo[k]; id <= hi[k]; id++) {
        ids[n++] = id;
      }
    }
    return ids;
  }

  static Zones union(List<Zones> sets) {
    Zones union = new Zones();
    for (Zones set : sets) {
      union = union.or(set);
    }
    return union;
  }

  private Zones or(Zones other) {
    Zones or = new Zones();
    int a = 0;
    int b = 0;
    while (a < size || b < other.size) {
      if (b == other.size || a < size && lo[a] <= other.lo[b]) {
        or.add(lo[a], hi[a++]);
      } else {
        or.add(other.lo[b], other.hi[b++]);
      }
    }
    return or;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.IntVector;
import io.otap.core.scan.IdRange;
import java.util.Arrays;

/**
 * From the ids of a table's rows to their positions. A flat array where the ids lie close together,
 * as they do in files of one signal; else sorted, since an exporter's other signals use the ids
 * between.
 */
final class IdMap {

  static final int ABSENT = -1;

  /** So many times more array slots than ids are still flat. */
  private static final int SPARSE = 8;

  private static final int SMALL = 1 << 16;

  private final long base;

  /** So many ids count up from {@link #base}, one for each row; -1 if they do not. */
  private final int inOrder;

  private final int[] flat;
  private final long[] sorted;
  private final int[] positions;

  private IdMap(long base, int inOrder, int[] flat, long[] sorted, int[] positions) {
    this.base = base;
    this.inOrder = inOrder;
    this.flat = flat;
    this.sorted = sorted;
    this.positions = positions;
  }

  /**
   * @param ids unsigned 32 bits, nulls allowed; null if there are none
   * @param rows position of the id to note, or null if each row is its own
   */
  static IdMap of(IntVector ids, int[] rows) throws DuplicateId {
    int n = ids == null ? 0 : ids.length();
    if (n > 0 && rows == null && !ids.hasNulls() && IdRange.countUp(ids.values(), 0, n)) {
      return new IdMap(Integer.toUnsignedLong(ids.get(0)), n, null, null, null);
    }
    long min = Long.MAX_VALUE;
    long max = -1;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (!ids.isNull(i)) {
        long id = Integer.toUnsignedLong(ids.get(i));
        min = Math.min(min, id);
        max = Math.max(max, id);
        count++;
      }
    }
    if (count == 0) {
      return new IdMap(0, 0, null, null, null);
    }
    long span = max - min + 1;
    return span <= Math.max(SMALL, (long) SPARSE * count)
        ? flat(ids, rows, min, (int) span)
        : sorted(ids, rows, count);
  }

  private static IdMap flat(IntVector ids, int[] rows, long min, int span) throws DuplicateId {
    int[] flat = new int[span];
    Arrays.fill(flat, ABSENT);
    for (int i = 0; i < ids.length(); i++) {
      if (!ids.isNull(i)) {
        int slot = (int) (Integer.toUnsignedLong(ids.get(i)) - min);
        if (flat[slot] != ABSENT) {
          throw new DuplicateId(Integer.toUnsignedLong(ids.get(i)));
        }
        flat[slot] = rows == null ? i : rows[i];
      }
    }
    return new IdMap(min, -1, flat, null, null);
  }

  private static IdMap sorted(IntVector ids, int[] rows, int count) throws DuplicateId {
    long[] pairs = new long[count];
    int k = 0;
    for (int i = 0; i < ids.length(); i++) {
      if (!ids.isNull(i)) {
        pairs[k++] = Integer.toUnsignedLong(ids.get(i)) << 31 | i;
      }
    }
    Arrays.sort(pairs);
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      int row = (int) (pairs[i] & Integer.MAX_VALUE);
      positions[i] = rows == null ? row : rows[row];
      pairs[i] >>>= 31;
      if (i > 0 && pairs[i] == pairs[i - 1]) {
        throw new DuplicateId(pairs[i]);
      }
    }
    return new IdMap(0, -1, null, pairs, positions);
  }

  int get(long id) {
    if (inOrder >= 0) {
      long slot = id - base;
      return slot >= 0 && slot < inOrder ? (int) slot : ABSENT;
    }
    if (flat != null) {
      long slot = id - base;
      return slot >= 0 && slot < flat.length ? flat[(int) slot] : ABSENT;
    }
    int k = Arrays.binarySearch(sorted, id);
    return k < 0 ? ABSENT : positions[k];
  }

  /**
   * The positions of ids without nulls, {@link #ABSENT} for those that are not here.
   *
   * @return how many are here
   */
  int get(IntVector ids, int[] positions) {
    if (inOrder >= 0) {
      return getInOrder(ids, positions);
    }
    int found = 0;
    if (flat == null) {
      for (int i = 0; i < ids.length(); i++) {
        positions[i] = get(Integer.toUnsignedLong(ids.get(i)));
        found += positions[i] == ABSENT ? 0 : 1;
      }
      return found;
    }
    int first = (int) base;
    for (int i = 0; i < ids.length(); i++) {
      int slot = ids.get(i) - first;
      int position = slot >= 0 && slot < flat.length ? flat[slot] : ABSENT;
      positions[i] = position;
      found += position == ABSENT ? 0 : 1;
    }
    return found;
  }

  private int getInOrder(IntVector ids, int[] positions) {
    int n = ids.length();
    int first = (int) base;
    int absent = 0;
    for (int i = 0; i < n; i++) {
      int slot = ids.get(i) - first;
      positions[i] = slot;
      absent |= slot | inOrder - 1 - slot;
    }
    if (absent >= 0) {
      return n;
    }
    int found = n;
    for (int i = 0; i < n; i++) {
      if (positions[i] < 0 || positions[i] >= inOrder) {
        positions[i] = ABSENT;
        found--;
      }
    }
    return found;
  }

  /** Two rows of a table have the same id. */
  static final class DuplicateId extends Exception {

    private static final long serialVersionUID = 1L;

    private final long id;

    DuplicateId(long id) {
      super(null, null, false, false);
      this.id = id;
    }

    long id() {
      return id;
    }
  }
}

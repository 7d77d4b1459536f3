/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.IntVector;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import java.util.Arrays;

/** The new ids of a table's rows, from 0 in the order of the rows, by their old ids. */
final class IdIndex {

  private static final int NONE = -1;

  /** New ids by old ids where these are small numbers; else null. */
  private final int[] dense;

  /** Old ids, ascending as unsigned numbers, each with its new id in the low 32 bits. */
  private final long[] sparse;

  private final int count;

  private IdIndex(int[] dense, long[] sparse, int count) {
    this.dense = dense;
    this.sparse = sparse;
    this.count = count;
  }

  /**
   * @param ids of the rows in their new order; null if no row has one
   * @throws OtapException if two rows have the same
   */
  static IdIndex of(PayloadType type, IntVector ids) throws OtapException {
    int rows = ids == null ? 0 : ids.length();
    int count = 0;
    long highest = -1;
    boolean asIssued = true;
    for (int row = 0; row < rows; row++) {
      if (!ids.isNull(row)) {
        asIssued &= ids.get(row) == count;
        highest = Math.max(highest, Integer.toUnsignedLong(ids.get(row)));
        count++;
      }
    }
    if (asIssued) {
      return new IdIndex(null, null, count);
    }
    return highest < 4L * rows + 0x10000
        ? dense(type, ids, (int) highest, count)
        : sparse(type, ids, count);
  }

  private static IdIndex dense(PayloadType type, IntVector ids, int highest, int count)
      throws OtapException {
    int[] table = new int[highest + 1];
    Arrays.fill(table, NONE);
    int next = 0;
    for (int row = 0; row < ids.length(); row++) {
      if (!ids.isNull(row)) {
        if (table[ids.get(row)] != NONE) {
          throw twice(type, ids.get(row));
        }
        table[ids.get(row)] = next++;
      }
    }
    return new IdIndex(table, null, count);
  }

  private static IdIndex sparse(PayloadType type, IntVector ids, int count) throws OtapException {
    long[] pairs = new long[count];
    int next = 0;
    for (int row = 0; row < ids.length(); row++) {
      if (!ids.isNull(row)) {
        // With the highest bit flipped, signed order is that of unsigned numbers.
        pairs[next] = (long) (ids.get(row) ^ Integer.MIN_VALUE) << 32 | next;
        next++;
      }
    }
    Arrays.sort(pairs);
    for (int i = 1; i < count; i++) {
      if (pairs[i] >> 32 == pairs[i - 1] >> 32) {
        throw twice(type, (int) (pairs[i] >> 32) ^ Integer.MIN_VALUE);
      }
    }
    return new IdIndex(null, pairs, count);
  }

  private static OtapException twice(PayloadType type, int id) {
    return WireErrors.broken("two rows have the id " + Integer.toUnsignedString(id))
        .at(WireErrors.at(type, type.id()));
  }

  /** How many rows have an id. */
  int count() {
    return count;
  }

  /** Whether every id stays as it is. */
  boolean isIdentity() {
    return dense == null && sparse == null;
  }

  /** The new id of an old one; negative if no row has it. */
  int get(int id) {
    if (dense != null) {
      return id >= 0 && id < dense.length ? dense[id] : NONE;
    }
    if (sparse == null) {
      return id >= 0 && id < count ? id : NONE;
    }
    int at = Arrays.binarySearch(sparse, (long) (id ^ Integer.MIN_VALUE) << 32);
    int place = at < 0 ? -at - 1 : at;
    return place < count && (int) (sparse[place] >> 32) == (id ^ Integer.MIN_VALUE)
        ? (int) sparse[place]
        : NONE;
  }
}

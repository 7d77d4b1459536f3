/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import java.util.Arrays;

/** Child rows in the order of their parents' ids, so that page indexes of both tables run along. */
final class ParentOrder {

  private ParentOrder() {}

  /**
   * The table, sorted by {@code parent_id} if it is not yet; rows of one parent keep their order.
   */
  static OtapTable of(OtapTable table) {
    if (table.type().isRoot() || table.rows() < 2) {
      return table;
    }
    IntVector parents = (IntVector) table.vector(table.type().parentId());
    boolean ascending = true;
    for (int row = 1; row < table.rows() && ascending; row++) {
      ascending = Integer.compareUnsigned(parents.get(row - 1), parents.get(row)) <= 0;
    }
    if (ascending) {
      return table;
    }
    long[] keys = new long[table.rows()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = Integer.toUnsignedLong(parents.get(row)) << 31 | row;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) (keys[i] & Integer.MAX_VALUE);
    }
    return table.gather(order, 0, order.length);
  }
}

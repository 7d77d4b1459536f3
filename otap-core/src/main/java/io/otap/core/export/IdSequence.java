/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * The one sequence of ids of a partition. Each batch gets the numbers from where the batch before
 * ended, and all its ids are moved by that: those of rows, of parents, and also those of resources
 * and scopes, which today's exporter of the engine leaves as they are (ENGINE-OBSERVED 5).
 */
final class IdSequence {

  private static final Set<Role> IDS =
      EnumSet.of(Role.ID, Role.PARENT_ID, Role.RESOURCE_ID, Role.SCOPE_ID);
  private static final long END = 1L << 32;

  private long next;

  /** Whether the ids of a batch fit into what is left of 32 bits. */
  boolean fits(OtapBatch batch) {
    return next + largest(batch) < END;
  }

  /** Takes the numbers for a batch and gives the first. */
  long take(OtapBatch batch) {
    long first = next;
    next += largest(batch) + 1;
    return first;
  }

  /** The table with all its ids moved. */
  static OtapTable move(OtapTable table, long offset) {
    OtapTable moved = table;
    for (Column column : table.type().columns()) {
      if (IDS.contains(column.role()) && table.vector(column) instanceof IntVector ids) {
        moved = moved.with(column, move(ids, (int) offset));
      }
    }
    return moved;
  }

  private static IntVector move(IntVector ids, int offset) {
    int[] values = new int[ids.length()];
    for (int row = 0; row < values.length; row++) {
      values[row] = ids.isNull(row) ? 0 : ids.get(row) + offset;
    }
    return new IntVector(values.length, ids.validity(), values);
  }

  private static long largest(OtapBatch batch) {
    long largest = -1;
    for (OtapTable table : batch.tables()) {
      for (Column column : table.type().columns()) {
        if (IDS.contains(column.role()) && table.vector(column) instanceof IntVector ids) {
          for (int row = 0; row < ids.length(); row++) {
            if (!ids.isNull(row)) {
              largest = Math.max(largest, Integer.toUnsignedLong(ids.get(row)));
            }
          }
        }
      }
    }
    return largest;
  }
}

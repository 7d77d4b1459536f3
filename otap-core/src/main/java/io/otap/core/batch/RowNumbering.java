/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.Column.Role;
import java.util.Arrays;
import java.util.Set;

/**
 * Numbers the rows of a table by the content of some columns: rows that agree in all of them, and
 * in a number given by the caller, have the same number. Numbers are issued from 0 in the order of
 * first appearance.
 */
@Internal
public final class RowNumbering {

  private final Vector[] columns;
  private final boolean[] nullCounts;
  private final int[] outer;
  private final int[] numbers;
  private int[] firstRows = new int[16];
  private int[] slots = new int[64];
  private int count;
  private boolean inOrder = true;

  /**
   * @param roles roles of the columns to compare
   * @param outer a number of each row that must agree too, or null
   */
  public RowNumbering(OtapTable table, Set<Role> roles, int[] outer) {
    var compared =
        table.type().columns().stream()
            .filter(c -> roles.contains(c.role()) && table.vector(c) != null)
            .toList();
    this.columns = compared.stream().map(table::vector).toArray(Vector[]::new);
    this.nullCounts = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      Column column = compared.get(i);
      nullCounts[i] = column.nulls() == Nulls.ABSENT && columns[i].hasNulls();
    }
    this.outer = outer;
    this.numbers = new int[table.rows()];
    Arrays.fill(slots, -1);
    RowChanges changes = new RowChanges();
    changes.reset(numbers.length);
    for (Vector column : columns) {
      changes.add(column);
    }
    if (outer != null) {
      changes.add(new IntVector(outer.length, null, outer));
    }
    for (int row = 0, next; row < numbers.length; row = next) {
      next = changes.next(row, numbers.length);
      int number = row > 0 && same(row, row - 1) ? numbers[row - 1] : lookUp(row);
      inOrder &= row == 0 || number >= numbers[row - 1];
      Arrays.fill(numbers, row, next, number);
    }
  }

  /** The number of each row. */
  public int[] numbers() {
    return numbers;
  }

  /** How many different ones there are. */
  public int count() {
    return count;
  }

  /** Whether rows of the same number lie one behind the other. */
  public boolean isInOrder() {
    return inOrder;
  }

  public int firstRow(int number) {
    return firstRows[number];
  }

  private int lookUp(int row) {
    int slot = hash(row) & slots.length - 1;
    while (slots[slot] >= 0) {
      if (same(row, firstRows[slots[slot]])) {
        return slots[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = count;
    if (count == firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, 2 * count);
    }
    firstRows[count++] = row;
    if (2 * count > slots.length) {
      rehash();
    }
    return count - 1;
  }

  private void rehash() {
    slots = new int[4 * slots.length];
    Arrays.fill(slots, -1);
    for (int i = 0; i < count; i++) {
      int slot = hash(firstRows[i]) & slots.length - 1;
      while (slots[slot] >= 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = i;
    }
  }

  private boolean same(int a, int b) {
    if (outer != null && outer[a] != outer[b]) {
      return false;
    }
    for (int i = 0; i < columns.length; i++) {
      Vector column = columns[i];
      if (nullCounts[i] && column.isNull(a) != column.isNull(b)) {
        return false;
      }
      if (column instanceof IntVector ints
          ? ints.get(a) != ints.get(b)
          : !sameBytes((BinaryVector) column, a, b)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameBytes(BinaryVector column, int a, int b) {
    int size = column.size(a);
    if (size != column.size(b)) {
      return false;
    }
    if (size == 0) {
      return true;
    }
    int x = column.start(a);
    int y = column.start(b);
    return x == y || Arrays.equals(column.data(), x, x + size, column.data(), y, y + size);
  }

  private int hash(int row) {
    int hash = outer == null ? 0 : outer[row];
    for (int i = 0; i < columns.length; i++) {
      Vector column = columns[i];
      hash *= 31;
      if (column instanceof IntVector ints) {
        hash += nullCounts[i] && ints.isNull(row) ? -1 : ints.get(row);
      } else {
        BinaryVector strings = (BinaryVector) column;
        int size = strings.size(row);
        int start = size == 0 ? 0 : strings.start(row);
        for (int k = start; k < start + size; k++) {
          hash = 31 * hash + strings.data()[k];
        }
      }
    }
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 15;
  }
}

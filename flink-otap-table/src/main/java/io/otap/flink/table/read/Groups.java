/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.error.OtapException;
import java.util.Arrays;

/** Which group each row is in. Groups are numbered as they appear. */
final class Groups {

  private final int[] ofRow;
  private final int count;

  private Groups(int[] ofRow, int count) {
    this.ofRow = ofRow;
    this.count = count;
  }

  /** All rows in one. */
  static Groups one(int rows) {
    return new Groups(new int[rows], Math.min(rows, 1));
  }

  /** The same, and in each of these rows of equal values only. */
  Groups by(ValueNumbers values) throws OtapException {
    int[] finer = new int[ofRow.length];
    Numbering numbers = new Numbering();
    for (int row = 0; row < finer.length; row++) {
      finer[row] = numbers.of((long) ofRow[row] << Integer.SIZE | values.of(row));
    }
    return new Groups(finer, numbers.size());
  }

  int count() {
    return count;
  }

  int rows() {
    return ofRow.length;
  }

  int of(int row) {
    return ofRow[row];
  }

  /** One row of each group. */
  int[] firstRows() {
    int[] rows = new int[count];
    Arrays.fill(rows, -1);
    for (int row = 0; row < ofRow.length; row++) {
      if (rows[ofRow[row]] < 0) {
        rows[ofRow[row]] = row;
      }
    }
    return rows;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;

/**
 * The rows of a child table by the id of their parent. In a batch they lie in the order of their
 * parents, so that the rows of a parent are a range; where ids do not ascend, an index is built.
 */
@Internal
public final class ChildRows {

  private static final ChildRows NONE = new ChildRows(new int[1], null);

  private final int[] starts;
  private final int[] order;

  private ChildRows(int[] starts, int[] order) {
    this.starts = starts;
    this.order = order;
  }

  public static ChildRows of(OtapBatch batch, PayloadType type) throws OtapException {
    return of(batch.table(type));
  }

  /**
   * @throws OtapException of kind RECONSTRUCTION if a row has no usable parent id
   */
  public static ChildRows of(OtapTable table) throws OtapException {
    int rows = table.rows();
    if (rows == 0) {
      return NONE;
    }
    IntVector parents = table.intVector("parent_id");
    int highest = -1;
    boolean ascending = true;
    int previous = 0;
    for (int row = 0; row < rows; row++) {
      int parent = parent(table, parents, row);
      highest = Math.max(highest, parent);
      ascending &= parent >= previous;
      previous = parent;
    }
    int[] starts = new int[highest + 2];
    for (int row = 0; row < rows; row++) {
      starts[parents.get(row) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    return new ChildRows(starts, ascending ? null : order(parents, starts));
  }

  /**
   * The parent of a row of a table.
   *
   * @throws OtapException of kind RECONSTRUCTION if it has no usable parent id
   */
  public static int parent(OtapTable table, IntVector parents, int row) throws OtapException {
    int parent = Cells.id(parents, row);
    if (parent < 0) {
      throw OtapException.of(OtapErrorKind.RECONSTRUCTION, "a row without a parent in its batch")
          .at(Place.row(table.type().folder(), null, "parent_id", row));
    }
    return parent;
  }

  private static int[] order(IntVector parents, int[] starts) {
    int[] next = starts.clone();
    int[] order = new int[parents.length()];
    for (int row = 0; row < order.length; row++) {
      order[next[parents.get(row)]++] = row;
    }
    return order;
  }

  /** First position of the children of this id; of none for {@link Cells#NO_ID}. */
  public int start(int id) {
    return id < 0 || id + 1 >= starts.length ? 0 : starts[id];
  }

  /** Position behind the last child of this id. */
  public int end(int id) {
    return id < 0 || id + 1 >= starts.length ? 0 : starts[id + 1];
  }

  /** The row at a position. */
  public int row(int position) {
    return order == null ? position : order[position];
  }
}

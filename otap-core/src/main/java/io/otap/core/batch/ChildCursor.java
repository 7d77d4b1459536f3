/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;

/**
 * Walks the children of one row of another table. Belongs to the cursor of the parents, which moves
 * it; so it is valid until that cursor moves on.
 */
@PublicEvolving
public abstract class ChildCursor {

  private final ChildRows rows;
  private int start;
  private int end;
  private int position;
  int row = -1;

  ChildCursor(OtapTable table) throws OtapException {
    this.rows = ChildRows.of(table);
  }

  /** Goes before the first child of a parent; {@link Cells#NO_ID} has none. */
  final void moveToParent(int parent) {
    start = rows.start(parent);
    end = rows.end(parent);
    position = start;
    row = -1;
  }

  /** How many children there are. */
  public final int count() {
    return end - start;
  }

  /** Goes to the next child. */
  public final boolean next() {
    if (position == end) {
      return false;
    }
    row = rows.row(position++);
    return true;
  }

  /** The row in the table of these children. */
  public final int row() {
    return row;
  }

  /** The row of a child, by its number among its siblings. */
  final int rowOf(int child) {
    return rows.row(start + child);
  }

  /** Goes to a child, by its number among its siblings. */
  final void goTo(int child) {
    position = start + child + 1;
    row = rowOf(child);
  }
}

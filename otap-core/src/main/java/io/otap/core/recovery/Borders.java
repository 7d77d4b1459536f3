/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;

/**
 * Where batches begin or may begin in a root table (docs/RECOVERY.md 4, step 1).
 *
 * @param hard rows before which a border lies for certain
 * @param possible rows before which one may lie: hard borders and (0,0) rows
 * @param cut rows with an id, before which every id is smaller than every id from there on, and
 *     where no child row forbids a border
 * @param jump rows with an id, between which and all ids before some are missing
 * @param withId rows with an id
 * @param least the smallest id from a row with an id on, in the order of these rows
 */
@Internal
record Borders(
    RowMarks hard, RowMarks possible, RowMarks cut, RowMarks jump, RowMarks withId, IdList least) {

  /** Finds them in one pass from each end. */
  static Borders of(RootRows rows, Zones inside, Violations broken) {
    int n = rows.size();
    RowMarks hard = new RowMarks(n);
    RowMarks withId = new RowMarks(n);
    markHard(rows, hard, withId, broken);
    withId.seal();
    IdList least = least(rows, withId.countBefore(n));

    RowMarks cut = new RowMarks(n);
    RowMarks jump = new RowMarks(n);
    long top = -1;
    int zone = 0;
    int before = -1;
    int k = 0;
    for (int row = withId.next(0); row < n; row = withId.next(row + 1)) {
      long low = least.get(k++);
      if (low > top) {
        while (zone < inside.size() && inside.hi(zone) < low) {
          zone++;
        }
        if (zone == inside.size() || inside.lo(zone) > low) {
          cut.set(row);
        }
      }
      if (low > top + 1) {
        jump.set(row);
        if (before >= 0 && before == row - 1) {
          hard.set(row);
        }
      }
      top = Math.max(top, rows.id(row));
      before = row;
    }

    RowMarks possible = new RowMarks(n);
    long at = 0;
    for (int row = 0; row < n; row++) {
      at = rows.hasId(row) ? rows.id(row) : at;
      boolean zero = rows.isZero(row);
      if (zero || hard.get(row)) {
        possible.set(row);
      }
      if (!zero && hard.get(row)) {
        broken.order.add(at, at);
      }
    }
    hard.seal();
    possible.seal();
    return new Borders(hard, possible, cut, jump, withId, least);
  }

  private static void markHard(RootRows rows, RowMarks hard, RowMarks withId, Violations broken) {
    for (int file = 0; file < rows.files(); file++) {
      if (rows.firstRow(file) < rows.endRow(file)) {
        hard.set(rows.firstRow(file));
      }
    }
    int r0 = 0;
    int s0 = 0;
    long at = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.hasId(row)) {
        withId.set(row);
        at = rows.id(row);
      }
      int r = rows.resource(row);
      int s = rows.scope(row);
      if (!hard.get(row)) {
        if (r < r0 || s < s0) {
          hard.set(row);
        } else if (r == r0 && s == s0) {
          if (rows.field(row) != rows.field(row - 1)) {
            hard.set(row);
          }
        } else if (r > r0 + 1 || s > s0 + 1) {
          broken.order.add(at, at);
        }
      }
      r0 = r;
      s0 = s;
    }
  }

  private static IdList least(RootRows rows, int count) {
    IdList least = new IdList(count);
    for (int row = 0; row < rows.size(); row++) {
      if (rows.hasId(row)) {
        least.add(rows.id(row));
      }
    }
    for (int k = count - 2; k >= 0; k--) {
      least.set(k, Math.min(least.get(k), least.get(k + 1)));
    }
    return least;
  }
}

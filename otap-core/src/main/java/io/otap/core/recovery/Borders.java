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

  private static final int WORD = Long.SIZE;

  /** Finds them in one pass from each end. */
  static Borders of(RootRows rows, Zones inside, Violations broken) {
    int n = rows.size();
    RowMarks hard = new RowMarks(n);
    RowMarks withId = new RowMarks(n);
    RowMarks possible = new RowMarks(n);
    markRows(rows, hard, withId, possible, broken);
    withId.seal();
    IdList least = least(rows, withId.countBefore(n));
    RowMarks cut = new RowMarks(n);
    RowMarks jump = new RowMarks(n);
    markCuts(rows, inside, withId, least, cut, jump);
    for (int row = jump.next(0); row < n; row = jump.next(row + 1)) {
      if (row > 0 && withId.get(row - 1)) {
        hard.set(row);
      }
    }
    for (int w = 0; w << 6 < n; w++) {
      for (long odd = hard.word(w) & ~possible.word(w); odd != 0; odd &= odd - 1) {
        long at = idAt(rows, (w << 6) + Long.numberOfTrailingZeros(odd));
        broken.order.add(at, at);
      }
      possible.setAll(w, hard.word(w));
    }
    hard.seal();
    possible.seal();
    return new Borders(hard, possible, cut, jump, withId, least);
  }

  /** Marks hard borders as far as the numbers tell, rows with an id, and (0,0) rows. */
  private static void markRows(
      RootRows rows, RowMarks hard, RowMarks withId, RowMarks zero, Violations broken) {
    for (int file = 0; file < rows.files(); file++) {
      if (rows.firstRow(file) < rows.endRow(file)) {
        hard.set(rows.firstRow(file));
      }
    }
    for (int from = 0, to; from < rows.size(); from = to) {
      to = Math.min(rows.size(), from + WORD);
      long all = -1L >>> -to;
      int word = from >>> 6;
      if (rows.haveIds(from, to)) {
        withId.setAll(word, all);
      } else {
        for (int row = from; row < to; row++) {
          withId.setAll(word, rows.hasId(row) ? 1L << row : 0);
        }
      }
      if (from > 0 && rows.areAlike(from - 1, to)) {
        zero.setAll(word, rows.isZero(from) ? all : 0);
      } else {
        for (int row = from; row < to; row++) {
          zero.setAll(word, rows.isZero(row) ? 1L << row : 0);
          compare(rows, row, hard, broken);
        }
      }
    }
  }

  /** Compares the numbers of a row with those of the row before, which are 0 before the first. */
  private static void compare(RootRows rows, int row, RowMarks hard, Violations broken) {
    if (hard.get(row)) {
      return;
    }
    int r = rows.resource(row);
    int s = rows.scope(row);
    int r0 = row == 0 ? 0 : rows.resource(row - 1);
    int s0 = row == 0 ? 0 : rows.scope(row - 1);
    if (r < r0 || s < s0) {
      hard.set(row);
    } else if (r == r0 && s == s0) {
      if (rows.field(row) != rows.field(row - 1)) {
        hard.set(row);
      }
    } else if (r > r0 + 1 || s > s0 + 1) {
      long at = idAt(rows, row);
      broken.order.add(at, at);
    }
  }

  /** The last id up to a row; 0 without one. */
  private static long idAt(RootRows rows, int row) {
    int at = row;
    while (at >= 0 && !rows.hasId(at)) {
      at--;
    }
    return at < 0 ? 0 : rows.id(at);
  }

  private static void markCuts(
      RootRows rows, Zones inside, RowMarks withId, IdList least, RowMarks cut, RowMarks jump) {
    int n = rows.size();
    long top = -1;
    int zone = 0;
    int k = 0;
    for (int word = 0; word << 6 < n; word++) {
      long cuts = 0;
      long jumps = 0;
      int row = word << 6;
      if (withId.word(word) == -1L && countUp(rows, row, least, k) && least.get(k) > top) {
        cuts = -1L;
        jumps = least.get(k) > top + 1 ? 1 : 0;
        k += WORD;
        top = least.get(k - 1);
      } else {
        for (long left = withId.word(word); left != 0; left &= left - 1) {
          row = (word << 6) + Long.numberOfTrailingZeros(left);
          long low = least.get(k++);
          cuts |= low > top ? 1L << row : 0;
          jumps |= low > top + 1 ? 1L << row : 0;
          top = Math.max(top, rows.id(row));
        }
      }
      jump.setAll(word, jumps);
      int first = k - Long.bitCount(withId.word(word));
      if (cuts != 0) {
        while (zone < inside.size() && inside.hi(zone) < least.get(first)) {
          zone++;
        }
        if (zone < inside.size() && inside.lo(zone) <= least.get(k - 1)) {
          cuts &= ~forbidden(inside, zone, withId.word(word), least, first);
        }
      }
      cut.setAll(word, cuts);
    }
  }

  /**
   * Whether 64 rows, which all have an id, count up, and no smaller id comes behind them.
   *
   * @param k number of the first among the rows with an id
   */
  private static boolean countUp(RootRows rows, int first, IdList least, int k) {
    return rows.countUp(first, first + WORD)
        && least.get(k + WORD - 1) == rows.id(first + WORD - 1);
  }

  /** Those of 64 rows whose smallest following id is one that begins no batch. */
  private static long forbidden(Zones inside, int from, long withId, IdList least, int first) {
    long forbidden = 0;
    int zone = from;
    int k = first;
    for (long left = withId; left != 0 && zone < inside.size(); left &= left - 1) {
      long low = least.get(k++);
      while (zone < inside.size() && inside.hi(zone) < low) {
        zone++;
      }
      if (zone < inside.size() && inside.lo(zone) <= low) {
        forbidden |= Long.lowestOneBit(left);
      }
    }
    return forbidden;
  }

  private static IdList least(RootRows rows, int count) {
    IdList least = new IdList(count);
    rows.addIds(least);
    for (int k = count - 2; k >= 0; k--) {
      least.set(k, Math.min(least.get(k), least.get(k + 1)));
    }
    return least;
  }
}

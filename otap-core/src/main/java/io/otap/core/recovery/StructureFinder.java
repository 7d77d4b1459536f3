/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Cuts a root table into chains and gaps (docs/RECOVERY.md 4, steps 1 and 2). */
@Internal
final class StructureFinder {

  private final Signal signal;
  private final RootRows rows;
  private final Borders borders;
  private final Zones used;
  private final IdList resourceKeys;
  private final long endId;
  private final Violations broken;
  private final IdList starts = new IdList(16);
  private final List<Chain> chains = new ArrayList<>();

  /**
   * @param used ids that occur in any table
   * @param endId an id behind all ids and keys
   */
  StructureFinder(
      Signal signal,
      RootRows rows,
      ChildIds children,
      Zones used,
      IdList resourceKeys,
      long endId,
      Violations broken) {
    this.signal = signal;
    this.rows = rows;
    this.borders = Borders.of(rows, children.inside(), broken);
    this.used = used;
    this.resourceKeys = resourceKeys;
    this.endId = endId;
    this.broken = broken;
  }

  Structure find() {
    int row = borders.withId().next(0);
    int k = 0;
    while (row < rows.size()) {
      Chain chain = chain(row, k);
      k += borders.withId().count(row, chain.lastRow + 1);
      row = borders.withId().next(chain.lastRow + 1);
    }
    List<Gap> gaps = gaps();
    Zones claims = new Zones();
    for (Gap gap : gaps) {
      claims.add(gap.firstId, gap.lastId);
    }
    return new Structure(rows, borders, starts, chains, gaps, claims);
  }

  /**
   * The chain that begins with a row.
   *
   * @param first number of the row among the rows with an id
   */
  private Chain chain(int row, int first) {
    RowMarks hard = borders.hard();
    Chain chain = new Chain(signal);
    chain.firstRow = row;
    chain.firstId = borders.least().get(first);
    chain.lastId = rows.id(row);
    chain.startFrom = starts.size();
    starts.add(chain.firstId);
    int last = row;
    int k = first;
    int next = borders.withId().next(row + 1);
    while (next < rows.size()) {
      int together = next == last + 1 ? extend(chain, next, k) : 0;
      if (together > 0) {
        k += together;
        last = next + together - 1;
        next = borders.withId().next(last + 1);
        continue;
      }
      boolean border = next == last + 1 ? hard.get(next) : hard.anyIn(last + 1, next + 1);
      boolean cut = borders.cut().get(next);
      if (cut && (border || borders.jump().get(next))) {
        break;
      }
      chain.odd |= border;
      k++;
      if (cut
          && (next == last + 1
              ? borders.possible().get(next)
              : borders.possible().anyIn(last + 1, next + 1))) {
        starts.add(borders.least().get(k));
      }
      chain.lastId = Math.max(chain.lastId, rows.id(next));
      last = next;
      next = borders.withId().next(next + 1);
    }
    chain.startTo = starts.size();
    chain.lastStart = starts.get(chain.startTo - 1);
    chain.lastRow = last;
    chain.odd |= chain.lastId - chain.firstId != k - first;
    chain.late = hard.get(row) && !rows.isZero(row);
    finish(chain, next);
    chains.add(chain);
    return chain;
  }

  /**
   * Adds rows to a chain that follow it, as far as all have an id, none begins another chain, and
   * they are of one word.
   *
   * @param last number of the chain's last row among the rows with an id
   * @return their number
   */
  private int extend(Chain chain, int from, int last) {
    int word = from >>> 6;
    long rest = -1L << from;
    long stops =
        ~borders.withId().word(word)
            | borders.cut().word(word) & (borders.hard().word(word) | borders.jump().word(word));
    int count =
        Math.min(Long.SIZE - (from & 63), Long.numberOfTrailingZeros((stops & rest) >>> from));
    if (count == 0) {
      return 0;
    }
    long taken = rest & -1L >>> -(from + count);
    chain.odd |= (borders.hard().word(word) & taken) != 0;
    long begins = borders.cut().word(word) & borders.possible().word(word) & taken;
    if (begins == taken) {
      starts.add(borders.least(), last + 1, count);
    } else {
      for (; begins != 0; begins &= begins - 1) {
        int row = (word << 6) + Long.numberOfTrailingZeros(begins);
        starts.add(borders.least().get(last + 1 + row - from));
      }
    }
    chain.lastId = Math.max(chain.lastId, rows.largestId(from, from + count));
    return count;
  }

  /**
   * Which null rows behind the last id belong to the chain.
   *
   * @param next next row with an id, or the number of rows
   */
  private void finish(Chain chain, int next) {
    int last = chain.lastRow;
    int stop = borders.hard().next(last + 1, Math.min(next + 1, rows.size()));
    int tail = last + 1;
    chain.endRow = last + 1;
    boolean zeroEnd = rows.isZero(last);
    if (!zeroEnd) {
      tail = Math.min(stop, next);
      chain.endRow = tail;
    } else if (stop <= next && !rows.isZero(stop - 1)) {
      tail = stop;
      long behind = next < rows.size() ? rows.id(next) : endId;
      chain.unclearTail = !used.covers(chain.lastId + 1, behind - 1);
      if (!chain.unclearTail) {
        chain.endRow = tail;
        chain.openTail = next == rows.size();
      }
    }
    chain.resources = rows.resource(tail - 1) + 1;
    chain.scopes = rows.scope(tail - 1) + 1;
    if (chain.odd) {
      broken.ids.add(chain.firstId, chain.firstId);
      return;
    }
    chain.resourcesWithRows = resourcesWithRows(chain.firstRow, tail, chain.resources);
    if (!zeroEnd && stop > next && next < rows.size()) {
      broken.order.add(chain.firstId, chain.firstId);
      chain.odd = true;
    }
  }

  /** The resource numbers of rows whose numbers do not descend; null if none is left out. */
  private BitSet resourcesWithRows(int from, int to, int resources) {
    int known = -1;
    boolean all = true;
    for (int row = from; row < to && all; row++) {
      all = rows.resource(row) <= known + 1;
      known = rows.resource(row);
    }
    if (all) {
      return null;
    }
    BitSet found = new BitSet(resources);
    for (int row = from; row < to; row++) {
      found.set(rows.resource(row));
    }
    return found;
  }

  private List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (int k = 0; k <= chains.size(); k++) {
      Chain left = k == 0 ? null : chains.get(k - 1);
      Chain right = k == chains.size() ? null : chains.get(k);
      int from = left == null ? 0 : left.endRow;
      int to = right == null ? rows.size() : right.firstRow;
      if (from < to) {
        gaps.add(gap(left, right, from, to));
      }
    }
    return gaps;
  }

  private Gap gap(Chain left, Chain right, int from, int to) {
    long lo = left == null ? 0 : left.lastId + 1;
    long hi = right == null ? endId : right.firstId - 1;
    Gap gap = new Gap(signal, left, right, from, to, lo, hi);
    gap.free = used.free(lo, hi);
    gap.holes = right == null ? null : gap.free.ids(borders.possible().count(from, to) + 1);
    gap.keyed = keyed(gap.free);
    for (int row = from; row < to; row++) {
      gap.maxResource = Math.max(gap.maxResource, rows.resource(row));
      gap.maxScope = Math.max(gap.maxScope, rows.scope(row));
    }
    return gap;
  }

  private long[] keyed(Zones free) {
    long[] keyed = new long[0];
    int n = 0;
    for (int z = 0; z < free.size(); z++) {
      int from = resourceKeys.lower(free.lo(z));
      int to = resourceKeys.lower(free.hi(z) + 1);
      if (keyed.length < n + to - from) {
        keyed = Arrays.copyOf(keyed, Math.max(n + to - from, 2 * n));
      }
      for (int k = from; k < to; k++) {
        keyed[n++] = resourceKeys.get(k);
      }
    }
    return Arrays.copyOf(keyed, n);
  }
}

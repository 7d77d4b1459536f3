/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.IntVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the rows of the other tables tell about borders: which ids they use, and between which ids
 * no batch can begin (docs/RECOVERY.md 2, F2). Rows are streamed table by table in file order; only
 * intervals stay.
 */
@Internal
final class ChildIds {

  private final Zones roots;
  private final long[] largestParent;
  private final List<Zones> used = new ArrayList<>();
  private final List<Zones> inside = new ArrayList<>();
  private Zones tableIds;
  private Zones tableInside;
  private long top;
  private long knownFrom = 0;
  private long knownTo = -1;

  /**
   * @param roots ids of all root tables
   */
  ChildIds(Zones roots) {
    this.roots = roots;
    this.largestParent = new long[roots.size()];
    Arrays.fill(largestParent, -1);
  }

  /** The rows that follow are those of the next table. */
  void nextTable() {
    tableIds = new Zones();
    tableInside = new Zones();
    used.add(tableIds);
    inside.add(tableInside);
    top = -1;
  }

  /**
   * A row; -1 stands for a null or a column that the table does not have.
   *
   * @param id the row's own id
   * @param parent the id of the row that it belongs to
   */
  void add(long id, long parent) {
    if (id < 0 && parent < 0) {
      return;
    }
    long least = id < 0 ? parent : parent < 0 ? id : Math.min(id, parent);
    long most = Math.max(id, parent);
    use(id);
    use(parent);
    top = Math.max(top, most);
    tableInside.add(least + 1, top);
    if (id >= 0 && parent >= 0) {
      int behind = roots.startingWith(id + 1);
      if (behind >= 0) {
        largestParent[behind] = Math.max(largestParent[behind], parent);
      }
    }
  }

  /** Rows of a table without ids. */
  void addParents(IntVector parents) {
    if (riseInKnown(parents)) {
      top = Integer.toUnsignedLong(parents.get(parents.length() - 1));
      return;
    }
    long last = -1;
    long coveredFrom = Long.MAX_VALUE;
    long coveredTo = -1;
    for (int row = 0; row < parents.length(); row++) {
      long parent = Integer.toUnsignedLong(parents.get(row));
      if (parent == last) {
        continue;
      }
      last = parent;
      boolean known = parent >= knownFrom && parent <= knownTo;
      if (known && parent >= top) {
        top = parent;
      } else if (!known || parent + 1 < coveredFrom || top > coveredTo) {
        add(-1, parent);
        coveredFrom = parent + 1;
        coveredTo = top;
      }
    }
  }

  /**
   * Whether the parents follow those before, none is before the one before it, and all are of the
   * root rows that the last one was of. Such rows tell nothing: a batch may begin before each.
   */
  private boolean riseInKnown(IntVector parents) {
    int count = parents.length();
    if (count == 0) {
      return false;
    }
    int[] values = parents.values();
    int negative = values[0];
    for (int row = 1; row < count; row++) {
      negative |= values[row] | values[row] - values[row - 1];
    }
    return negative >= 0 && values[0] >= Math.max(top, knownFrom) && values[count - 1] <= knownTo;
  }

  /** Most parents are root rows, whose ids are known. */
  private void use(long id) {
    if (id < 0 || id >= knownFrom && id <= knownTo) {
      return;
    }
    int at = roots.firstEndingAt(id);
    if (at < roots.size() && roots.lo(at) <= id) {
      knownFrom = roots.lo(at);
      knownTo = roots.hi(at);
    } else {
      tableIds.add(id, id);
    }
  }

  /** All ids that occur in a table, those of the root tables included. */
  Zones used() {
    List<Zones> all = new ArrayList<>(used);
    all.add(roots);
    return Zones.union(all);
  }

  /** Ids that begin no batch. */
  Zones inside() {
    return Zones.union(inside);
  }

  /**
   * Whether the id before {@code id}, which begins an interval of the root ids, belongs to a child
   * row whose parent comes before {@code id}: then a batch ends there.
   */
  boolean endsBatchBefore(long id) {
    int at = roots.startingWith(id);
    return at >= 0 && largestParent[at] >= 0 && largestParent[at] < id;
  }
}

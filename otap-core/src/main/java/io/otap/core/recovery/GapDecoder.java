/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import java.util.List;
import java.util.function.Predicate;

/** Finds the heads of the batches in a gap (docs/RECOVERY.md 4, step 4). */
@Internal
final class GapDecoder {

  private final List<Zones> claims;
  private final KeyOwners resources;
  private final KeyOwners scopes;
  private final Violations broken;
  private final boolean complete;

  /**
   * @param claims for each root table the ids that its gaps span
   * @param complete whether ids in no table are of batches without ids; if not, they can also be of
   *     batches whose files are not there yet
   */
  GapDecoder(
      List<Zones> claims,
      KeyOwners resources,
      KeyOwners scopes,
      Violations broken,
      boolean complete) {
    this.claims = claims;
    this.resources = resources;
    this.scopes = scopes;
    this.broken = broken;
    this.complete = complete;
  }

  /**
   * To be called gap by gap in the order of offsets, behind the chain on the left.
   *
   * @param later keys that chains and gaps still to be decoded may reach behind their ids
   */
  void decode(Gap gap, Structure table, Predicate<long[]> later) {
    reach(resources.reach, gap, gap.maxResource);
    reach(scopes.reach, gap, gap.maxScope);
    boolean chainsKnown =
        (gap.left == null || gap.left.cls != Recovery.N && gap.left.explanations.agreeOnLastHead())
            && (gap.right == null || !gap.right.odd);
    Recovery level = chainsKnown ? find(gap, table.borders(), later) : null;
    if (level == null) {
      undecided(gap, table, chainsKnown);
      return;
    }
    if (gap.left != null && !gap.left.hasOneStart()) {
      level = worse(level, gap.left.cls);
    }
    if (gap.left != null && gap.left.unclearTail) {
      level = worse(level, Recovery.L);
    }
    gap.cls = level;
    own(gap, table.rows());
  }

  static Recovery worse(Recovery a, Recovery b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static void reach(Zones reach, Gap gap, int largest) {
    for (int z = 0; z < gap.free.size() && largest > 0; z++) {
      reach.add(gap.free.lo(z) + 1, gap.free.hi(z) + largest);
    }
  }

  /** Sets the heads and returns the class that they allow; null if neither way gives any. */
  private Recovery find(Gap gap, Borders borders, Predicate<long[]> later) {
    if (!complete && (gap.right == null || gap.free.size() > 0)) {
      return null;
    }
    if (gap.holes != null && fits(gap, borders, gap.holes)) {
      return Recovery.C2;
    }
    if (keysAreHeads(gap) && fits(gap, borders, gap.keyed) && !later.test(gap.keyed)) {
      return gap.right == null ? Recovery.C2 : Recovery.L;
    }
    return null;
  }

  private boolean fits(Gap gap, Borders borders, long[] between) {
    if (gap.left == null && gap.right == null && between.length == 0) {
      return false;
    }
    int before = gap.left == null ? 0 : 1;
    long[] heads = new long[before + between.length + (gap.right == null ? 0 : 1)];
    System.arraycopy(between, 0, heads, before, between.length);
    if (gap.left != null) {
      heads[0] = gap.left.explanations.smallestLastHead();
    }
    if (gap.right != null) {
      heads[heads.length - 1] = gap.right.firstId;
    }
    GapHeads found = new GapHeads(borders, gap, heads, severalClaim(between));
    if (found.fit()) {
      gap.heads = found;
    }
    return found.fit();
  }

  /** Whether null rows of two tables could own one of the ids. */
  private boolean severalClaim(long[] ids) {
    for (long id : ids) {
      int count = 0;
      for (Zones claim : claims) {
        count += claim.contains(id) ? 1 : 0;
      }
      if (count > 1) {
        return true;
      }
    }
    return false;
  }

  private boolean keysAreHeads(Gap gap) {
    if (gap.maxResource > 0) {
      return false;
    }
    for (long key : gap.keyed) {
      if (resources.isPast(resources.keys().lower(key)) || resources.isUnsure(key, true)) {
        return false;
      }
    }
    return true;
  }

  private void undecided(Gap gap, Structure table, boolean chainsKnown) {
    for (int z = 0; z < gap.free.size(); z++) {
      resources.maybe.add(gap.free.lo(z), gap.free.hi(z) + gap.maxResource);
      scopes.maybe.add(gap.free.lo(z), gap.free.hi(z) + gap.maxScope);
    }
    if (chainsKnown && gap.right != null && gap.holes != null) {
      int hard = table.borders().hard().count(gap.firstRow, gap.endRow + 1);
      if (hard > gap.holes.length + (gap.left == null ? 0 : 1)) {
        broken.attributes.add(gap.right.firstId, gap.right.firstId);
      }
    }
  }

  /** Notes which batches use which keys, row by row as far as that changes. */
  private void own(Gap gap, RootRows rows) {
    Owning resource = new Owning(gap, resources);
    Owning scope = new Owning(gap, scopes);
    for (int row = gap.firstRow; row < gap.endRow; row++) {
      int from = gap.heads.from(row);
      int to = gap.heads.to(row);
      resource.row(from, to, rows.resource(row));
      scope.row(from, to, rows.scope(row));
    }
  }

  /** The keys of one attribute table that the rows of a gap use or may use. */
  private static final class Owning {

    private final Gap gap;
    private final long[] heads;
    private final KeyOwners owners;
    private int number = -1;
    private int from;
    private int to;
    private int noted;

    Owning(Gap gap, KeyOwners owners) {
      this.gap = gap;
      this.heads = gap.heads.all();
      this.owners = owners;
    }

    void row(int rowFrom, int rowTo, int rowNumber) {
      if (rowNumber == number && rowFrom == from && rowTo == to) {
        return;
      }
      int start = rowNumber == number ? Math.max(rowFrom, noted) : rowFrom;
      if (rowTo - rowFrom == 1) {
        long head = heads[rowFrom];
        owners.take(head, head + rowNumber, head + rowNumber, lastId(rowFrom));
      } else {
        for (int k = start; k < rowTo; k++) {
          mayUse(heads[k], lastId(k), rowNumber);
        }
        noted = rowTo;
      }
      if (rowNumber != number && rowTo - rowFrom == 1) {
        noted = 0;
      }
      number = rowNumber;
      from = rowFrom;
      to = rowTo;
    }

    private void mayUse(long head, long last, int rowNumber) {
      if (head + rowNumber > last) {
        owners.maybe.add(head + rowNumber, head + rowNumber);
      } else if (last == head) {
        owners.open.add(head, head);
      }
    }

    /** The last id of the batch with this head. */
    private long lastId(int index) {
      if (index == 0 && gap.left != null) {
        return gap.left.lastId;
      }
      return index == heads.length - 1 && gap.right != null ? gap.right.lastId : heads[index];
    }
  }
}

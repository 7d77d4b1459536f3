/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import java.util.Arrays;

/** The possible offsets of each row of a chain or gap, settled row by row in row order. */
@Internal
final class RowAnswers {

  private static final long[] NONE = {};

  private final RootRows rows;
  private final Settler resources;
  private final Settler scopes;
  private final AnswerRuns runs;

  private Explanations explanations;
  private long[] offsets = NONE;
  private long offsetsFrom;
  private long offsetsUntil;

  /** The last question. */
  private Recovery askedClass;

  private long[] askedOffsets;
  private int askedFirst;
  private int askedEnd;
  private long askedLeast;
  private int askedResource;
  private int askedScope;

  RowAnswers(RootRows rows, Settler resources, Settler scopes, AnswerRuns runs) {
    this.rows = rows;
    this.resources = resources;
    this.scopes = scopes;
    this.runs = runs;
  }

  /** The rows of a chain that lie between {@code from} and {@code to}. */
  void chain(Chain chain, int from, int to) {
    explanations = chain.explanations;
    offsetsUntil = -1;
    long[] first = {chain.firstId};
    long before = chain.firstId;
    int next = 0;
    for (int row = Math.max(from, chain.firstRow); row < Math.min(to, chain.endRow); row++) {
      long behind;
      if (rows.hasId(row)) {
        before = rows.id(row);
        behind = before;
      } else if (row <= chain.lastRow) {
        for (next = Math.max(next, row); !rows.hasId(next); next++) {}
        behind = rows.id(next);
      } else {
        behind = chain.lastId;
      }
      long most = Math.max(chain.firstId, Math.min(behind, chain.lastStart));
      if (chain.odd) {
        answer(row, Recovery.N, first, 0, 1, 0, most);
      } else if (chain.hasOneStart() || row == chain.firstRow) {
        Recovery cls = chain.openTail && row > chain.lastRow ? Recovery.C2 : Recovery.C1;
        answer(row, cls, first, 0, 1, chain.firstId, chain.firstId);
        if (chain.hasOneStart() && row < chain.lastRow) {
          row = rows.sameOwnersUntil(row, Math.min(to, chain.lastRow + 1)) - 1;
        }
      } else {
        long[] possible =
            rows.hasId(row) || row > chain.lastRow || !rows.isZero(row)
                ? offsetsAt(behind)
                : either(offsetsAt(before), offsetsAt(behind));
        answer(row, chain.cls, possible, 0, possible.length, chain.firstId, most);
        if (rows.hasId(row) && possible == offsets) {
          row = sameUntil(row, Math.min(to, chain.endRow), chain) - 1;
          before = rows.id(row);
        }
      }
    }
  }

  /** The first row behind {@code row}, which has an id, with another question. */
  private int sameUntil(int row, int end, Chain chain) {
    int same = rows.sameOwnersUntil(row, end);
    long until = Math.min(resources.holdsUntil(), scopes.holdsUntil());
    long last = chain.lastStart < until ? offsetsUntil : Math.min(offsetsUntil, until);
    int next = rows.countsUpUntil(row, same);
    if (rows.id(next - 1) >= last) {
      return row + (int) Math.max(1, last - rows.id(row));
    }
    for (; next < same && rows.hasId(next); next++) {
      long id = rows.id(next);
      long most = Math.max(chain.firstId, Math.min(id, chain.lastStart));
      if (id < offsetsFrom
          || id >= offsetsUntil
          || !resources.holdsFor(most)
          || !scopes.holdsFor(most)) {
        break;
      }
    }
    return next;
  }

  /** The rows of a gap that lie between {@code from} and {@code to}. */
  void gap(Gap gap, Borders borders, int from, int to, long unbounded) {
    long least = gap.left == null ? 0 : gap.left.firstId;
    long most = gap.right == null ? unbounded : gap.right.firstId;
    long[] left = gap.left == null ? null : new long[] {gap.left.lastHead()};
    long[] right = gap.right == null ? NONE : new long[] {gap.right.firstId};
    for (int row = Math.max(from, gap.firstRow); row < Math.min(to, gap.endRow); row++) {
      if (gap.cls != Recovery.N) {
        answer(row, gap.cls, gap.heads.all(), gap.heads.from(row), gap.heads.to(row), least, most);
      } else {
        boolean beforeBorder = left != null && !borders.hard().anyIn(gap.firstRow, row + 1);
        long[] guess = beforeBorder ? left : right;
        answer(row, Recovery.N, guess, 0, guess.length, least, most);
      }
    }
  }

  /** One offset for each different explanation, ascending. */
  private long[] offsetsAt(long id) {
    if (id < offsetsFrom || id >= offsetsUntil) {
      long[] found = new long[explanations.count()];
      for (int e = 0; e < found.length; e++) {
        found[e] = explanations.headAt(e, id);
      }
      offsets = distinct(found);
      offsetsFrom = id;
      offsetsUntil = explanations.sameUntil(id);
    }
    return offsets;
  }

  private static long[] either(long[] a, long[] b) {
    if (a == b || Arrays.equals(a, b)) {
      return b;
    }
    long[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return distinct(both);
  }

  private static long[] distinct(long[] values) {
    Arrays.sort(values);
    int n = 0;
    for (int k = 0; k < values.length; k++) {
      if (k == 0 || values[k] != values[n - 1]) {
        values[n++] = values[k];
      }
    }
    return n == values.length ? values : Arrays.copyOf(values, n);
  }

  private void answer(
      int row, Recovery cls, long[] possible, int first, int end, long least, long most) {
    int resource = rows.hasResource(row) ? rows.resource(row) : -1;
    int scope = rows.hasScope(row) ? rows.scope(row) : -1;
    if (possible == askedOffsets
        && cls == askedClass
        && first == askedFirst
        && end == askedEnd
        && least == askedLeast
        && resource == askedResource
        && scope == askedScope
        && resources.holdsFor(most)
        && scopes.holdsFor(most)) {
      return;
    }
    askedOffsets = possible;
    askedClass = cls;
    askedFirst = first;
    askedEnd = end;
    askedLeast = least;
    askedResource = resource;
    askedScope = scope;
    resources.settle(cls, possible, first, end, least, most, resource);
    scopes.settle(cls, possible, first, end, least, most, scope);
    long offset = end - first == 1 && cls != Recovery.N ? possible[first] : -1;
    boolean broken = withoutAttributes(resource);
    runs.add(
        row,
        broken ? GapDecoder.worse(resources.cls(), Recovery.L) : resources.cls(),
        resources.set(),
        broken && scopes.cls() != Recovery.C1
            ? GapDecoder.worse(scopes.cls(), Recovery.L)
            : scopes.cls(),
        scopes.set(),
        cls,
        offset);
  }

  /**
   * Whether the answer is a resource without attributes though it relies on that all have some
   * (A4): then the row is of another batch, or the sender breaks the assumption. An empty request
   * leaves such a trace, because it takes an id as a batch without ids does.
   */
  private boolean withoutAttributes(int resource) {
    boolean relies = resources.cls() == Recovery.C2 || resources.cls() == Recovery.C3;
    return resource >= 0 && relies && resources.set() < 0;
  }
}

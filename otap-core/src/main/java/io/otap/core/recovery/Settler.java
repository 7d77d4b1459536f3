/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;

/**
 * Decides the attributes of a row's resource, or of its scope, from the offsets that the row can
 * have (docs/RECOVERY.md 4, steps 5 and 6). Neighbouring rows mostly have the same question, so the
 * last answers are kept.
 */
@Internal
final class Settler {

  private static final int NO_SET = -1;

  private final KeyOwners owners;
  private final IdList keys;

  private long reachFrom = -1;
  private long nextKey;

  private long[] offsets;
  private int number = -1;
  private int from;
  private int to;
  private Recovery rowClass;

  /** Offsets from {@code sameFrom} to {@code sameTo} all lead to {@code sameSet}. */
  private int sameFrom;

  private int sameTo;
  private int sameSet;
  private int lastForeign;

  private boolean sure;
  private boolean foreign;

  private Recovery decided = Recovery.C1;
  private int decidedSet = NO_SET;
  private Recovery cls;
  private int set;
  private long mostFrom;
  private long mostUntil;

  Settler(KeyOwners owners) {
    this.owners = owners;
    this.keys = owners.keys();
  }

  /** Class of the last {@link #settle}. */
  Recovery cls() {
    return cls;
  }

  /** Set of the last {@link #settle}, a guess if the class is N; -1 for no attributes. */
  int set() {
    return set;
  }

  /** Whether the last answer also holds for another largest offset, all else being equal. */
  boolean holdsFor(long most) {
    return mostFrom <= most && most < mostUntil;
  }

  /** The answer holds for no offset from this one on. */
  long holdsUntil() {
    return mostUntil;
  }

  /**
   * @param candidates the row's possible offsets, ascending
   * @param first index of the first
   * @param end index behind the last
   * @param least smallest offset that is possible without A4 and A5
   * @param most largest such offset
   * @param number local number of the resource or scope, -1 for a null
   */
  void settle(
      Recovery candidateClass,
      long[] candidates,
      int first,
      int end,
      long least,
      long most,
      int number) {
    mostFrom = Long.MIN_VALUE;
    mostUntil = Long.MAX_VALUE;
    boolean key = number >= 0 && anyKey(least + number, most + number);
    if (key) {
      mostFrom = nextKey - number;
    } else if (number >= 0) {
      mostUntil = nextKey - number;
    }
    if (!key) {
      cls = Recovery.C1;
      set = NO_SET;
      return;
    }
    if (first >= end) {
      cls = Recovery.N;
      set = NO_SET;
      return;
    }
    if (candidates != offsets || number != this.number) {
      offsets = candidates;
      this.number = number;
      sameFrom = first;
      sameTo = first;
      decide(candidateClass, first, end);
    } else if (first != from || end != to || candidateClass != rowClass) {
      decide(candidateClass, first, end);
    }
    cls = decided;
    set = decidedSet;
  }

  private boolean anyKey(long lo, long hi) {
    if (lo != reachFrom) {
      reachFrom = lo;
      int k = keys.lower(lo);
      nextKey = k < keys.size() ? keys.get(k) : Long.MAX_VALUE;
    }
    return nextKey <= hi;
  }

  private void decide(Recovery candidateClass, int first, int end) {
    from = first;
    to = end;
    rowClass = candidateClass;
    if (first < sameFrom || first >= sameTo || end < sameTo) {
      sameFrom = first;
      sameTo = first;
      lastForeign = -1;
      sameSet = setOf(offsets[first]);
      if (!sure) {
        decided = Recovery.N;
        decidedSet = sameSet;
        return;
      }
      take(first);
    }
    decidedSet = sameSet;
    if (candidateClass == Recovery.N) {
      decided = Recovery.N;
      return;
    }
    while (sameTo < end) {
      int next = setOf(offsets[sameTo]);
      if (!sure || next != sameSet) {
        decided = Recovery.N;
        return;
      }
      take(sameTo);
    }
    decided = candidateClass;
    if (lastForeign >= first) {
      decided = GapDecoder.worse(decided, Recovery.C2);
    }
    if (end - first > 1) {
      decided = GapDecoder.worse(decided, Recovery.C3);
    }
  }

  private void take(int index) {
    sameTo = index + 1;
    if (foreign) {
      lastForeign = index;
    }
  }

  /** The set that an offset leads to; also sets {@link #sure} and {@link #foreign}. */
  private int setOf(long offset) {
    long key = offset + number;
    int k = keys.lower(key);
    sure = true;
    foreign = false;
    if (k == keys.size() || keys.get(k) != key) {
      return NO_SET;
    }
    boolean past = owners.isPast(k);
    foreign = past || owners.reach.contains(key);
    int count = owners.sets().count(k);
    int position = owners.position(k, offset);
    if (owners.isUnsure(key, past || key > offset && !owners.owns(k, offset))) {
      sure = false;
    } else {
      int batches = owners.ownersWith(k, offset);
      sure = batches == 1 && count == 1 || owners.sets().makes(k, batches);
    }
    return owners.sets().set(k, Math.min(position, count - 1));
  }
}

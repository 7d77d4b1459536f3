/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;

/**
 * The cheapest choices of borders in a chain. Each consists of the chain's first id, the first
 * {@code k} of the inner heads, and the head of the last batch.
 */
@Internal
final class Explanations {

  private final long first;
  private final IdList inner;
  private final int[] innerCount;
  private final long[] last;

  /**
   * @param first first id of the chain
   * @param inner ids that are heads in every explanation whose last head lies behind them
   * @param innerCount how many of them lie before the last head, for each explanation
   * @param last head of the last batch, for each explanation
   */
  Explanations(long first, IdList inner, int[] innerCount, long[] last) {
    this.first = first;
    this.inner = inner;
    this.innerCount = innerCount;
    this.last = last;
  }

  static Explanations oneBatch(long first) {
    return new Explanations(first, null, new int[1], new long[] {first});
  }

  int count() {
    return last.length;
  }

  long lastHead(int explanation) {
    return last[explanation];
  }

  /** Heads before the last, the chain's first included. */
  int headsBeforeLast(int explanation) {
    return last[explanation] == first ? 0 : 1 + innerCount[explanation];
  }

  long head(int explanation, int index) {
    if (index == headsBeforeLast(explanation)) {
      return last[explanation];
    }
    return index == 0 ? first : inner.get(index - 1);
  }

  /** The largest of the last heads. */
  long largestLastHead() {
    long largest = last[0];
    for (long head : last) {
      largest = Math.max(largest, head);
    }
    return largest;
  }

  /** Whether all explanations have the same last head. */
  boolean agreeOnLastHead() {
    for (long head : last) {
      if (head != last[0]) {
        return false;
      }
    }
    return true;
  }

  long smallestLastHead() {
    long smallest = last[0];
    for (long head : last) {
      smallest = Math.min(smallest, head);
    }
    return smallest;
  }

  /** The head of the batch that an id belongs to. */
  long headAt(int explanation, long id) {
    if (last[explanation] <= id) {
      return last[explanation];
    }
    int k = innerCount[explanation] == 0 ? 0 : inner.lower(id + 1, 0, innerCount[explanation]);
    return k == 0 ? first : inner.get(k - 1);
  }

  /** The first id behind {@code id} that has another answer in some explanation. */
  long sameUntil(long id) {
    long until = Long.MAX_VALUE;
    for (int e = 0; e < last.length; e++) {
      if (last[e] > id) {
        int k = innerCount[e] == 0 ? 0 : inner.lower(id + 1, 0, innerCount[e]);
        until = Math.min(until, k < innerCount[e] ? inner.get(k) : last[e]);
      }
    }
    return until;
  }
}

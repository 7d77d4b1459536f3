/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import java.util.TreeMap;

/** Numbers, each as often as it was added, of which the smallest and the largest are asked for. */
final class LongBag {

  private final TreeMap<Long, Integer> counts = new TreeMap<>();

  void add(long number) {
    counts.merge(number, 1, Integer::sum);
  }

  void remove(long number) {
    counts.merge(number, -1, (a, b) -> a + b == 0 ? null : a + b);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  long smallest() {
    return counts.firstKey();
  }

  long largest() {
    return counts.lastKey();
  }
}

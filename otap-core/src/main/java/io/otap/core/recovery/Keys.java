/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;

/**
 * A stretch of an ascending list of keys.
 *
 * @param ids the list
 * @param from index of the first
 * @param to index behind the last
 */
@Internal
record Keys(IdList ids, int from, int to) {

  int size() {
    return to - from;
  }

  long get(int index) {
    return ids.get(from + index);
  }

  boolean contains(long key) {
    return ids.contains(key, from, to);
  }

  /** How many are smaller than {@code key}. */
  int below(long key) {
    return ids.lower(key, from, to) - from;
  }
}

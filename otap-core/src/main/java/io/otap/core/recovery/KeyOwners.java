/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/**
 * Which batches use which key of one attribute table (docs/RECOVERY.md 2, F4, and 4, step 5). The
 * rows under a key are in the order of their owners' offsets. Owners of a key form a list; each
 * takes eight bytes.
 */
@Internal
final class KeyOwners {

  private static final int PAST = 1 << 31;

  private final AttributeSets sets;
  private final IdList keys;
  private final int[] head;
  private int[] distance = new int[64];
  private int[] next = new int[64];
  private int nodes = 1;
  private int highestPast = -1;

  /** Keys that an undecided batch may use. */
  final Zones maybe = new Zones();

  /** Ids of undecided chains and gaps. */
  final Zones open = new Zones();

  /** Keys behind the ids of some batch that may reach them. */
  final Zones reach = new Zones();

  KeyOwners(AttributeSets sets) {
    this.sets = sets;
    this.keys = sets.keys();
    this.head = new int[keys.size()];
  }

  AttributeSets sets() {
    return sets;
  }

  IdList keys() {
    return keys;
  }

  /**
   * A batch uses all keys from {@code lo} to {@code hi}.
   *
   * @param offset its offset
   * @param last its last id
   */
  void take(long offset, long lo, long hi, long last) {
    for (int k = keys.lower(lo); k < keys.size() && keys.get(k) <= hi; k++) {
      long key = keys.get(k);
      add(k, (int) (key - offset), key > last);
    }
  }

  private void add(int key, int keyDistance, boolean past) {
    int before = 0;
    int node = head[key];
    while (node != 0 && (distance[node] & ~PAST) > keyDistance) {
      before = node;
      node = next[node];
    }
    if (node == 0 || (distance[node] & ~PAST) != keyDistance) {
      if (nodes == next.length) {
        distance = Arrays.copyOf(distance, 2 * nodes);
        next = Arrays.copyOf(next, 2 * nodes);
      }
      distance[nodes] = keyDistance;
      next[nodes] = node;
      node = nodes++;
      if (before == 0) {
        head[key] = node;
      } else {
        next[before] = node;
      }
    }
    if (past) {
      distance[node] |= PAST;
      highestPast = Math.max(highestPast, key);
    }
  }

  /** Whether a batch uses this key, given by its index, though it lies behind the batch's ids. */
  boolean isPast(int key) {
    return key <= highestPast && pastOwners(key) > 0;
  }

  /** How many batches use this key though it lies behind their ids. */
  int pastOwners(int key) {
    int count = 0;
    for (int node = head[key]; node != 0; node = next[node]) {
      count += distance[node] < 0 ? 1 : 0;
    }
    return count;
  }

  /** How many of the keys with an index up to {@code key} need to be asked for past owners. */
  int pastLimit() {
    return highestPast + 1;
  }

  boolean owns(int key, long offset) {
    int asked = (int) (keys.get(key) - offset);
    for (int node = head[key]; node != 0; node = next[node]) {
      if ((distance[node] & ~PAST) == asked) {
        return true;
      }
    }
    return false;
  }

  /** How many batches own a key, the one with this offset being one of them. */
  int ownersWith(int key, long offset) {
    int count = 0;
    for (int node = head[key]; node != 0; node = next[node]) {
      count++;
    }
    return owns(key, offset) ? count : count + 1;
  }

  /** Position of the batch with this offset among the owners of a key. */
  int position(int key, long offset) {
    int asked = (int) (keys.get(key) - offset);
    int position = 0;
    for (int node = head[key]; node != 0 && (distance[node] & ~PAST) > asked; node = next[node]) {
      position++;
    }
    return position;
  }

  /**
   * Whether an undecided batch may use a key.
   *
   * @param beyond whether the keys of undecided chains count, too
   */
  boolean isUnsure(long key, boolean beyond) {
    return maybe.contains(key) || beyond && open.contains(key);
  }
}

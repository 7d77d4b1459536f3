/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import java.util.Arrays;

/**
 * Tries each id where a batch may begin as head of a chain's last batch, and keeps those that cost
 * least: first keys without rows, then resources without attributes (docs/RECOVERY.md 4, step 3).
 * The heads before the last are known then: the keys that are starts. Both costs come from counts
 * of keys, so a try takes the same time however long the chain is.
 */
@Internal
final class CheapestHeads {

  /** With more cheapest explanations than this, nothing is decided. */
  private static final int LIMIT = 16;

  private final Chain chain;
  private final Keys starts;
  private final Keys resourceKeys;
  private final Keys scopeKeys;
  private final IdList allResourceKeys;
  private final IdList inner = new IdList(0);
  private final IdList ghosts = new IdList(0);

  /** How many of the first k inner heads have no resource attributes. */
  private int[] bare = new int[1];

  /** Only for a last batch that leaves out resource numbers. */
  private KeyHits hits;

  private int leastGhosts = Integer.MAX_VALUE;
  private long leastMissing;
  private int found;
  private final int[] innerCount = new int[LIMIT + 1];
  private final long[] last = new long[LIMIT + 1];

  CheapestHeads(
      Chain chain, Keys starts, Keys resourceKeys, Keys scopeKeys, IdList allResourceKeys) {
    this.chain = chain;
    this.starts = starts;
    this.resourceKeys = resourceKeys;
    this.scopeKeys = scopeKeys;
    this.allResourceKeys = allResourceKeys;
  }

  void find() {
    if (starts.size() > 1) {
      sortKeys();
    }
    boolean bareFirst = !resourceKeys.contains(chain.firstId);
    int innerBelow = 0;
    int ghostsBelow = 0;
    int resourcesBelow = 0;
    int scopesBelow = 0;
    for (int k = 0; k < starts.size(); k++) {
      long head = starts.get(k);
      innerBelow = advance(inner, innerBelow, head);
      ghostsBelow = advance(ghosts, ghostsBelow, head);
      resourcesBelow = advance(resourceKeys, resourcesBelow, head + chain.resources);
      scopesBelow = advance(scopeKeys, scopesBelow, head + chain.scopes);
      int ghostCount =
          ghostsBelow + resourceKeys.size() - resourcesBelow + scopeKeys.size() - scopesBelow;
      if (ghostCount > leastGhosts) {
        continue;
      }
      long missing =
          bare[innerBelow]
              + (head != chain.firstId && bareFirst ? 1 : 0)
              + missingInLast(head, resourcesBelow);
      keep(head, innerBelow, ghostCount, missing);
    }
  }

  private static int advance(IdList ids, int below, long limit) {
    int n = below;
    while (n < ids.size() && ids.get(n) < limit) {
      n++;
    }
    return n;
  }

  private static int advance(Keys keys, int below, long limit) {
    int n = below;
    while (n < keys.size() && keys.get(n) < limit) {
      n++;
    }
    return n;
  }

  /** Splits the keys into starts, which are heads if a later one is, and keys without rows. */
  private void sortKeys() {
    int r = 0;
    int s = 0;
    int start = 0;
    while (r < resourceKeys.size() || s < scopeKeys.size()) {
      long resource = r < resourceKeys.size() ? resourceKeys.get(r) : Long.MAX_VALUE;
      long scope = s < scopeKeys.size() ? scopeKeys.get(s) : Long.MAX_VALUE;
      long key = Math.min(resource, scope);
      r += resource == key ? 1 : 0;
      s += scope == key ? 1 : 0;
      start = advance(starts, start, key);
      if (start == starts.size() || starts.get(start) != key) {
        ghosts.add(key);
      } else if (key != chain.firstId) {
        if (bare.length < inner.size() + 2) {
          bare = Arrays.copyOf(bare, 2 * bare.length + 2);
        }
        bare[inner.size() + 1] = bare[inner.size()] + (resource == key ? 0 : 1);
        inner.add(key);
      }
    }
  }

  /** Resources of the last batch that have rows but no attributes. */
  private long missingInLast(long head, int below) {
    int from = resourceKeys.below(head);
    long end = head + chain.resources;
    int allFrom = 0;
    int allTo = 0;
    if (end - 1 > chain.lastId) {
      allFrom = allResourceKeys.lower(chain.lastId + 1);
      allTo = allResourceKeys.lower(end);
    }
    if (chain.resourcesWithRows == null) {
      return chain.resources - (below - from) - (allTo - allFrom);
    }
    if (hits == null) {
      hits = new KeyHits(chain.resourcesWithRows, chain.firstId, chain.lastId, resourceKeys);
      hits.addBehind(allResourceKeys);
    }
    return hits.missing(head);
  }

  private void keep(long head, int innerBelow, int ghostCount, long missing) {
    if (ghostCount < leastGhosts || missing < leastMissing) {
      leastGhosts = ghostCount;
      leastMissing = missing;
      found = 0;
    } else if (missing > leastMissing) {
      return;
    }
    if (found <= LIMIT) {
      innerCount[found] = innerBelow;
      last[found++] = head;
    }
  }

  /** Whether the cheapest explanations break no assumption. */
  boolean isFree() {
    return leastGhosts == 0 && leastMissing == 0;
  }

  boolean isTooMany() {
    return found > LIMIT;
  }

  /** The cheapest explanations, those with the fewest batches first. */
  Explanations explanations() {
    int count = Math.min(found, LIMIT);
    return new Explanations(
        chain.firstId, inner, Arrays.copyOf(innerCount, count), Arrays.copyOf(last, count));
  }
}

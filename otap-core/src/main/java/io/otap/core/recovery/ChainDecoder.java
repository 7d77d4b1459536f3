/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;
import java.util.List;

/** Finds the cheapest explanations of a chain (docs/RECOVERY.md 4, step 3). */
@Internal
final class ChainDecoder {

  private final Zones roots;
  private final ChildIds children;
  private final Zones used;
  private final List<Zones> claims;
  private final KeyOwners resources;
  private final KeyOwners scopes;
  private final Violations broken;

  /**
   * @param roots ids of all root tables
   * @param used ids of all tables
   * @param claims for each root table the ids that its gaps span
   */
  ChainDecoder(
      Zones roots,
      ChildIds children,
      Zones used,
      List<Zones> claims,
      KeyOwners resources,
      KeyOwners scopes,
      Violations broken) {
    this.roots = roots;
    this.children = children;
    this.used = used;
    this.claims = claims;
    this.resources = resources;
    this.scopes = scopes;
    this.broken = broken;
  }

  /**
   * To be called chain by chain in the order of offsets.
   *
   * @param starts ids where batches may begin, of the chain's table
   */
  void decode(Chain chain, IdList starts) {
    chain.explanations = Explanations.oneBatch(chain.firstId);
    checkFirstId(chain);
    boolean shared = isShared(resources, chain) | isShared(scopes, chain);
    if (!chain.odd) {
      Keys resourceKeys = unused(resources, chain);
      Keys scopeKeys = unused(scopes, chain);
      CheapestHeads heads =
          new CheapestHeads(
              chain,
              new Keys(starts, chain.startFrom, chain.startTo),
              resourceKeys,
              scopeKeys,
              resources.keys());
      heads.find();
      chain.explanations = heads.explanations();
      if (!heads.isFree() && !shared) {
        broken.attributes.add(chain.firstId, chain.firstId);
      }
      if (chain.hasOneStart()) {
        chain.cls = Recovery.C1;
      } else if (heads.isTooMany()
          || isUnsure(resources, resourceKeys)
          || isUnsure(scopes, scopeKeys)) {
        chain.cls = Recovery.N;
      } else {
        chain.cls = heads.isFree() && !shared && !chain.unclearTail ? Recovery.C2 : Recovery.L;
      }
    }
    own(chain, resources, chain.resources, shared);
    own(chain, scopes, chain.scopes, shared);
  }

  /**
   * Behind a hole in the ids the first id is the offset only by A1. Keys in the hole that no null
   * row can own speak against it.
   */
  private void checkFirstId(Chain chain) {
    long first = chain.firstId;
    boolean exact = first == 0 || roots.contains(first - 1) || children.endsBatchBefore(first);
    if (exact || !chain.late && resources.keys().contains(first)) {
      return;
    }
    int before = used.firstEndingAt(first) - 1;
    long hole = before < 0 ? 0 : used.hi(before) + 1;
    if (!resources.keys().anyIn(hole, first - 1)) {
      return;
    }
    if (chain.late || claims.stream().noneMatch(z -> z.hits(hole, first - 1))) {
      broken.ids.add(first, first);
    } else {
      broken.order.add(first, first);
    }
  }

  /** Whether earlier batches use keys among the chain's ids. */
  private static boolean isShared(KeyOwners owners, Chain chain) {
    IdList keys = owners.keys();
    int end = Math.min(owners.pastLimit(), keys.lower(chain.lastId + 1));
    for (int k = keys.lower(chain.firstId); k < end; k++) {
      if (owners.isPast(k)) {
        return true;
      }
    }
    return false;
  }

  /** The keys among the chain's ids, without those that earlier batches use up. */
  private static Keys unused(KeyOwners owners, Chain chain) {
    IdList keys = owners.keys();
    int from = keys.lower(chain.firstId);
    int to = keys.lower(chain.lastId + 1);
    if (from >= owners.pastLimit() || !isShared(owners, chain)) {
      return new Keys(keys, from, to);
    }
    IdList left = new IdList(to - from);
    for (int k = from; k < to; k++) {
      int past = owners.pastOwners(k);
      if (past == 0 || owners.sets().count(k) > past) {
        left.add(keys.get(k));
      }
    }
    return new Keys(left, 0, left.size());
  }

  private static boolean isUnsure(KeyOwners owners, Keys keys) {
    if (keys.size() == 0 || !owners.maybe.hits(keys.get(0), keys.get(keys.size() - 1))) {
      return false;
    }
    for (int k = 0; k < keys.size(); k++) {
      if (owners.isUnsure(keys.get(k), false)) {
        return true;
      }
    }
    return false;
  }

  /** Notes which batch uses which key, or which keys the chain may use. */
  private static void own(Chain chain, KeyOwners owners, int numbers, boolean shared) {
    long reach = chain.lastStart + numbers - 1;
    owners.reach.add(chain.lastId + 1, reach);
    Explanations found = chain.explanations;
    if (chain.cls != Recovery.N && found.count() == 1 && !(chain.unclearTail && numbers > 1)) {
      for (int k = 0; k < found.headsBeforeLast(0); k++) {
        long head = found.head(0, k);
        owners.take(head, head, head, found.head(0, k + 1) - 1);
      }
      long last = found.lastHead(0);
      owners.take(last, last, last + numbers - 1, chain.lastId);
      if (shared && !chain.hasOneStart()) {
        owners.open.add(chain.firstId, chain.lastId);
        owners.maybe.add(chain.lastId + 1, reach);
      }
      return;
    }
    owners.open.add(chain.firstId, chain.lastId);
    long largest = chain.cls == Recovery.N ? chain.lastStart : found.largestLastHead();
    owners.maybe.add(chain.lastId + 1, largest + numbers - 1);
  }
}

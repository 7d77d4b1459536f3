/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is known of a sequence.
 *
 * @param roots the root tables, each in file order
 * @param rootIds ids of all root tables
 * @param children ids of the other tables
 * @param resources RESOURCE_ATTRS
 * @param scopes SCOPE_ATTRS
 * @param complete whether there will be no more
 */
@Internal
record Evidence(
    Map<Signal, RootRows> roots,
    Zones rootIds,
    ChildIds children,
    AttributeSets resources,
    AttributeSets scopes,
    boolean complete) {

  /** The ids of root tables, as {@link ChildIds} takes them. */
  static Zones ids(Iterable<RootRows> tables) {
    List<Zones> all = new ArrayList<>();
    for (RootRows rows : tables) {
      Zones ids = new Zones();
      for (int row = 0, next; row < rows.size(); row = next) {
        next = row + 1;
        if (rows.hasId(row)) {
          next = rows.countsUpUntil(row, rows.size());
          ids.add(rows.id(row), rows.id(next - 1));
        }
      }
      all.add(ids);
    }
    return Zones.union(all);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.Recovery;

/** Answers for files whose nested ids count in the whole sequence: they are the keys. */
@Internal
final class PlainJoin {

  private final RootRows rows;
  private final AttributeSets resources;
  private final AttributeSets scopes;

  PlainJoin(RootRows rows, AttributeSets resources, AttributeSets scopes) {
    this.rows = rows;
    this.resources = resources;
    this.scopes = scopes;
  }

  AnswerRuns answers(int file) {
    int from = rows.firstRow(file);
    int to = rows.endRow(file);
    AnswerRuns runs = new AnswerRuns(from, Recovery.values());
    Side resource = new Side(resources);
    Side scope = new Side(scopes);
    for (int row = from; row < to; row++) {
      resource.find(rows.hasResource(row), rows.resource(row));
      scope.find(rows.hasScope(row), rows.scope(row));
      runs.add(row, resource.cls, resource.set, scope.cls, scope.set, Recovery.C1, -1);
    }
    return runs.end(to);
  }

  private static final class Side {

    private final AttributeSets sets;
    private Recovery cls;
    private int set;
    private long last = -1;

    Side(AttributeSets sets) {
      this.sets = sets;
    }

    void find(boolean present, int number) {
      long key = present ? Integer.toUnsignedLong(number) : Long.MAX_VALUE;
      if (key == last) {
        return;
      }
      last = key;
      int k = sets.keys().lower(key);
      boolean found = k < sets.keys().size() && sets.keys().get(k) == key;
      set = found ? sets.set(k, 0) : -1;
      cls = found && sets.count(k) > 1 ? Recovery.N : Recovery.C1;
    }
  }
}

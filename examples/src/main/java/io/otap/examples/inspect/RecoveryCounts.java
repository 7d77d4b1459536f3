/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import io.otap.core.batch.Recovery;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of a root table by the classes of their resource and scope.
 *
 * @param firstUndecided where the first row of class N is, or null
 */
record RecoveryCounts(
    Map<Recovery, Long> resources, Map<Recovery, Long> scopes, String firstUndecided) {

  static RecoveryCounts of(Storage storage, List<SplitPlan> plans) throws IOException {
    Map<Recovery, Long> resources = new EnumMap<>(Recovery.class);
    Map<Recovery, Long> scopes = new EnumMap<>(Recovery.class);
    String first = null;
    for (SplitPlan plan : plans) {
      RecoveredRoots roots = RecoveredRoots.of(storage, plan);
      for (int run = 0; run < roots.runs(); run++) {
        long rows = roots.firstRow(run + 1) - roots.firstRow(run);
        resources.merge(roots.resourceClass(run), rows, Long::sum);
        scopes.merge(roots.scopeClass(run), rows, Long::sum);
        if (first == null
            && (roots.resourceClass(run) == Recovery.N || roots.scopeClass(run) == Recovery.N)) {
          first = "row " + roots.firstRow(run) + " of " + plan.root().path();
        }
      }
    }
    return new RecoveryCounts(resources, scopes, first);
  }

  static String text(Map<Recovery, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + Counts.of(e.getValue()))
        .collect(Collectors.joining(", "));
  }
}

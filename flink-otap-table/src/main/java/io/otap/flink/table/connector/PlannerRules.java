/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import java.util.List;
import java.util.Set;

/** Whose call it is, by the names on the stack: the planner does not tell in another way. */
final class PlannerRules {

  private static final String PACKAGE = "org.apache.flink.table.planner.plan.rules.";

  /** Those that offer aggregates which lie directly on the scan. */
  private static final Set<String> DIRECT =
      Set.of(
          "PushLocalHashAggIntoScanRule",
          "PushLocalSortAggIntoScanRule",
          "PushLocalSortAggWithSortIntoScanRule");

  private PlannerRules() {}

  /**
   * Whether the columns of an offer are those of the scan. Flink 2.3 looks past a calculation
   * between scan and aggregate if all aggregates are counts: it offers {@code COUNT(*)} by {@code
   * UPPER(x)} as one by {@code x}. A plan that was made before comes from no rule.
   */
  static boolean offerColumnsOfTheScan() {
    List<String> rules =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.startsWith(PACKAGE))
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .toList());
    return rules.isEmpty() || rules.stream().anyMatch(DIRECT::contains);
  }
}

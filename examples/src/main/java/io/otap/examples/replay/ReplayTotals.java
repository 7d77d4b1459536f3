/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.Recovery;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has counted so far.
 *
 * @param records by signal
 * @param recovery records by the worse of the classes of their resource and scope
 * @param orphans rows without a parent, by table
 */
record ReplayTotals(
    Map<String, Long> records, Map<Recovery, Long> recovery, Map<String, Long> orphans) {

  static final String RECORDS = "otap.records.";
  static final String RECOVERY = "otap.recovery.";
  static final String ORPHANS = "otap.orphans.";

  /** From the accumulators that {@link ReplayStatistics} fills. */
  static ReplayTotals of(Map<String, Object> accumulators) {
    Map<String, Long> records = new TreeMap<>();
    Map<Recovery, Long> recovery = new EnumMap<>(Recovery.class);
    Map<String, Long> orphans = new TreeMap<>();
    accumulators.forEach(
        (name, value) -> {
          if (name.startsWith(RECORDS)) {
            records.put(name.substring(RECORDS.length()), (Long) value);
          } else if (name.startsWith(RECOVERY)) {
            recovery.put(Recovery.valueOf(name.substring(RECOVERY.length())), (Long) value);
          } else if (name.startsWith(ORPHANS)) {
            orphans.put(name.substring(ORPHANS.length()), (Long) value);
          }
        });
    return new ReplayTotals(records, recovery, orphans);
  }

  long allRecords() {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same with rows of tables that no split reads. */
  ReplayTotals withOrphans(Map<String, Long> more) {
    Map<String, Long> sum = new TreeMap<>(orphans);
    more.forEach((table, rows) -> sum.merge(table, rows, Long::sum));
    return new ReplayTotals(records, recovery, sum);
  }
}

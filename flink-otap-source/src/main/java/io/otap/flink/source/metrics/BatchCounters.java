/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.metrics;

import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Recovery;
import io.otap.core.model.PayloadType;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what is in batches, where they are made. */
@Internal
public final class BatchCounters {

  private final Map<String, Counter> rows;
  private final Map<String, Counter> bytes;
  private final Map<String, Counter> orphans;
  private final Map<String, Counter> resources;
  private final Map<String, Counter> scopes;

  public BatchCounters(MetricGroup group) {
    rows = SourceMetric.TABLE_ROWS.counters(group);
    bytes = SourceMetric.TABLE_BYTES.counters(group);
    orphans = SourceMetric.ORPHANS.counters(group);
    resources = SourceMetric.RESOURCE_ROWS.counters(group);
    scopes = SourceMetric.SCOPE_ROWS.counters(group);
  }

  public void count(OtapBatch batch) {
    for (OtapTable table : batch.tables()) {
      rows.get(table.type().folder()).inc(table.rows());
      bytes.get(table.type().folder()).inc(table.bytes());
    }
    for (Map.Entry<PayloadType, Long> lost : batch.origin().orphans().entrySet()) {
      orphans.get(lost.getKey().folder()).inc(lost.getValue());
    }
    count(resources, batch.resourceRecovery(), batch.rows());
    count(scopes, batch.scopeRecovery(), batch.rows());
  }

  /**
   * @param classes of each row, or null if all are C1
   */
  private static void count(Map<String, Counter> counters, byte[] classes, int rows) {
    if (classes == null) {
      counters.get(Recovery.C1.name()).inc(rows);
      return;
    }
    long[] counts = new long[Recovery.values().length];
    for (byte recovery : classes) {
      counts[recovery]++;
    }
    for (Recovery recovery : Recovery.values()) {
      counters.get(recovery.name()).inc(counts[recovery.ordinal()]);
    }
  }
}

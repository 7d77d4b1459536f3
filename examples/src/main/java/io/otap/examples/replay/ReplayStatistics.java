/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.Recovery;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Counts what passes, in accumulators: they come back from a cluster in this process and from a
 * remote one alike. {@link ReplayTotals} reads them.
 */
final class ReplayStatistics extends RichMapFunction<OtapBatch, OtapBatch> {

  private static final long serialVersionUID = 1L;

  private transient Map<String, LongCounter> counters;

  @Override
  public void open(OpenContext context) {
    counters = new HashMap<>();
  }

  @Override
  public OtapBatch map(OtapBatch batch) {
    String signal = batch.signal().id();
    add(ReplayTotals.RECORDS + signal, batch.rows());
    long[] classes = new long[Recovery.values().length];
    for (int row = 0; row < batch.rows(); row++) {
      int resource = batch.resourceRecovery(row).ordinal();
      classes[Math.max(resource, batch.scopeRecovery(row).ordinal())]++;
    }
    for (Recovery recovery : Recovery.values()) {
      add(ReplayTotals.RECOVERY + recovery, classes[recovery.ordinal()]);
    }
    batch.origin().orphans().forEach((table, rows) -> add(orphans(table.folder()), rows));
    return batch;
  }

  private static String orphans(String table) {
    return ReplayTotals.ORPHANS + table;
  }

  private void add(String name, long value) {
    if (value != 0) {
      counters.computeIfAbsent(name, n -> getRuntimeContext().getLongCounter(n)).add(value);
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import io.otap.core.TestData;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.flink.source.storage.FlinkStorage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Splits of the recorded sets. */
public final class TestSplits {

  public static final ReadOptions SMALL =
      new ReadOptions(10, 1 << 20, RecoveryPolicy.GUESS, true, 32 << 20);

  private TestSplits() {}

  /** Finds all rows of the first file of a table, as if its root files had been read without it. */
  public static OtapSplit late(String set, PayloadType table) throws IOException {
    List<DataFile> files =
        OtapTree.list(new FlinkStorage(), TestData.parquet(set).toUri().toString()).files();
    DataFile child = files.stream().filter(f -> f.table() == table).findFirst().orElseThrow();
    Set<PayloadType> above = EnumSet.noneOf(PayloadType.class);
    for (PayloadType parent = table.parent(); parent != null; parent = parent.parent()) {
      above.add(parent);
    }
    List<DataFile> inputs = files.stream().filter(f -> above.contains(f.table())).toList();
    Signal signal = table.signals().iterator().next();
    return new OtapSplit(
        SplitPlan.late(signal, child, child.parentIds(), inputs, SMALL, child.path()));
  }

  /** All splits of a set, some for each file, with batches of ten rows. */
  public static List<OtapSplit> of(String set) throws IOException {
    OtapTree tree = OtapTree.list(new FlinkStorage(), TestData.parquet(set).toUri().toString());
    return SplitPlanner.plan(tree, EnumSet.allOf(Signal.class), 4_000, SMALL).stream()
        .map(OtapSplit::new)
        .toList();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import io.otap.core.TestData;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.model.Signal;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlanner;
import io.otap.flink.source.storage.FlinkStorage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/** Splits of the recorded sets. */
public final class TestSplits {

  public static final ReadOptions SMALL =
      new ReadOptions(10, 1 << 20, RecoveryPolicy.GUESS, true, 32 << 20);

  private TestSplits() {}

  /** All splits of a set, some for each file, with batches of ten rows. */
  public static List<OtapSplit> of(String set) throws IOException {
    OtapTree tree = OtapTree.list(new FlinkStorage(), TestData.parquet(set).toUri().toString());
    return SplitPlanner.plan(tree, EnumSet.allOf(Signal.class), 4_000, SMALL).stream()
        .map(OtapSplit::new)
        .toList();
  }
}

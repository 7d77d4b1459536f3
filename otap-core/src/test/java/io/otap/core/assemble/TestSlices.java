/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.model.Signal;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cuts of the recorded sets: as slices, and as the batches that the reader makes of them. */
public final class TestSlices {

  private static final Storage STORAGE = new LocalStorage();
  private static final int SPLIT_BYTES = 4_000;

  private final Map<List<Object>, List<OtapSlice>> slices = new LinkedHashMap<>();
  private final Map<List<Object>, OtapBatch> batches = new LinkedHashMap<>();

  private TestSlices() {}

  /** All cuts of a set, of batches of ten rows; keys are the split's id and the cut's number. */
  public static TestSlices of(String set) throws IOException {
    TestSlices all = new TestSlices();
    OtapTree tree = OtapTree.list(STORAGE, TestData.parquet(set).toString());
    ReadOptions options = new ReadOptions(10, 1 << 20, RecoveryPolicy.LIKELY, false, 32 << 20);
    for (SplitPlan plan :
        SplitPlanner.plan(tree, EnumSet.allOf(Signal.class), SPLIT_BYTES, options)) {
      try (SplitCutReader cuts = SplitCutReader.open(STORAGE, plan, 0);
          SplitBatchReader joined = SplitBatchReader.open(STORAGE, plan, 0)) {
        for (CutSlices cut = cuts.next(); cut != null; cut = cuts.next()) {
          List<Object> key = List.of(plan.id(), cut.cut());
          all.slices.put(key, SliceCutter.slices(plan, cut));
          all.batches.put(key, joined.next());
        }
      }
    }
    return all;
  }

  /** All slices, as the splits give them. */
  public List<OtapSlice> slices() {
    List<OtapSlice> all = new ArrayList<>();
    slices.values().forEach(all::addAll);
    return all;
  }

  /** The slices of the cut that has the most. */
  public List<OtapSlice> largest() {
    return slices.values().stream()
        .max((a, b) -> Integer.compare(a.size(), b.size()))
        .orElseThrow();
  }

  /** Slices by cut. */
  public Map<List<Object>, List<OtapSlice>> byCut() {
    return slices;
  }

  /** What a reader that joins at once makes of each cut. */
  public Map<List<Object>, OtapBatch> batches() {
    return batches;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.export.ExportOptions;
import io.otap.core.export.LocalTarget;
import io.otap.core.export.OtapParquetWriter;
import io.otap.core.parquet.WriteOptions;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the first records of a tree as a tree of many small files. */
public final class SmallFiles {

  private SmallFiles() {}

  /**
   * @param args {@code FROM TO GROUPS ROWS}: the trees, how many files each table gets, and the
   *     records of a root file
   */
  public static void main(String[] args) throws IOException {
    int rows = Integer.parseInt(args[3]);
    int left = Integer.parseInt(args[2]);
    LocalStorage storage = new LocalStorage();
    OtapTree tree = OtapTree.list(storage, args[0]);
    ReadOptions options = new ReadOptions(rows, 64 << 20, RecoveryPolicy.LIKELY, false, 1L << 30);
    ExportOptions files = new ExportOptions(1, WriteOptions.DEFAULT);
    try (OtapParquetWriter writer =
        new OtapParquetWriter(new LocalTarget(Path.of(args[1])), files)) {
      for (SplitPlan plan :
          SplitPlanner.plan(tree, SplitPlanner.signals(tree), Long.MAX_VALUE / 2, options)) {
        try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
          OtapBatch batch = reader.next();
          while (batch != null && left-- > 0) {
            writer.write(batch);
            batch = reader.next();
          }
        }
      }
    }
  }
}

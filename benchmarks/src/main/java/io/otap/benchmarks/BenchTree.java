/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.select.ReadSelection;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A recorded tree, read from its listing on as a job reads it: nothing is kept between calls. */
final class BenchTree {

  private static final long SPLIT_SIZE = Long.MAX_VALUE / 2;

  private final Storage storage = new LocalStorage();
  private final String base;

  BenchTree(String base) {
    this.base = base;
  }

  /** Takes what is read. */
  interface Consumer<T> {
    void accept(T read) throws IOException;
  }

  OtapTree list() throws IOException {
    return OtapTree.list(storage, base);
  }

  Storage storage() {
    return storage;
  }

  List<SplitPlan> plan() throws IOException {
    return plan(ReadSelection.ALL);
  }

  private List<SplitPlan> plan(ReadSelection selection) throws IOException {
    OtapTree tree = list();
    ReadOptions options = ReadOptions.DEFAULT.with(selection);
    return SplitPlanner.plan(tree, SplitPlanner.signals(tree), SPLIT_SIZE, options);
  }

  /** Finished batches, with resources and scopes recovered. */
  void batches(Consumer<OtapBatch> out) throws IOException {
    batches(ReadSelection.ALL, out);
  }

  /** Records with their own attributes, which is what the other engines join. */
  ReadSelection recordsWithAttributes() throws IOException {
    PayloadType root = plan().get(0).signal().root();
    return ReadSelection.ALL
        .withTables(root.children().stream().filter(PayloadType::isAttributes).toList())
        .withFields(
            root.columns().stream()
                .filter(c -> c.type() != ColumnType.FIXED8 && c.type() != ColumnType.FIXED16)
                .map(Column::topLevel)
                .toList());
  }

  void batches(ReadSelection selection, Consumer<OtapBatch> out) throws IOException {
    SplitMemory memory = new SplitMemory();
    for (SplitPlan plan : plan(selection)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0, memory)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          out.accept(batch);
        }
      }
    }
  }

  List<OtapBatch> batches() throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    batches(batches::add);
    return batches;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import io.otap.core.TestData;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Recorded telemetry, and what lies in targets. */
public final class Recorded {

  private Recorded() {}

  /** The batches of the requests of a set. */
  public static List<OtapBatch> batches(String set) throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    for (Signal signal : Signal.values()) {
      for (var request : OtlpFiles.read(TestData.expected(set), signal)) {
        batches.addAll(OtlpFiles.decode(request));
      }
    }
    return batches;
  }

  /** The batches in a tree; none where there is no visible file. */
  public static List<OtapBatch> tree(Path base) throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    if (files(base).isEmpty()) {
      return batches;
    }
    LocalStorage storage = new LocalStorage();
    OtapTree tree = OtapTree.list(storage, base.toString());
    for (SplitPlan plan :
        SplitPlanner.plan(tree, SplitPlanner.signals(tree), 1 << 20, ReadOptions.DEFAULT)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          batches.add(batch);
        }
      }
    }
    return batches;
  }

  /** The visible files below a folder: those that are neither hidden nor superseded. */
  public static List<Path> files(Path base) throws IOException {
    if (!Files.exists(base)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(base)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> isVisible(base.relativize(f)))
          .sorted()
          .toList();
    }
  }

  private static boolean isVisible(Path file) {
    for (Path name : file) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return !file.startsWith(CommittedOutput.SUPERSEDED);
  }

  /** The table that a file of a tree belongs to. */
  static PayloadType table(String path) {
    for (Path name : Path.of(path)) {
      PayloadType table = PayloadType.ofFolder(name.toString());
      if (table != null) {
        return table;
      }
    }
    throw new AssertionError("no file of a table: " + path);
  }
}

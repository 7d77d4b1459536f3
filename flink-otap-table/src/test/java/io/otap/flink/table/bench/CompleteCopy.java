/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.bench;

import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.export.ExportOptions;
import io.otap.core.export.LocalTarget;
import io.otap.core.export.OtapParquetWriter;
import io.otap.core.parquet.WriteCompression;
import io.otap.core.parquet.WriteOptions;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies a tree so that others can read it: ids that join without being worked out, no bytes in
 * front of values, no compression (as the original), and no folders whose names are hidden to
 * Flink.
 */
final class CompleteCopy {

  private CompleteCopy() {}

  /**
   * @param args the tree, and the folder to write {@code <table>/part-*.parquet} to
   */
  public static void main(String[] args) throws IOException {
    Storage storage = new LocalStorage();
    Path target = Path.of(args[1]);
    WriteOptions files = WriteOptions.DEFAULT.withCompression(WriteCompression.UNCOMPRESSED);
    OtapTree tree = OtapTree.list(storage, args[0]);
    SplitMemory memory = new SplitMemory();
    try (OtapParquetWriter writer =
        new OtapParquetWriter(new LocalTarget(target), new ExportOptions(1 << 30, files))) {
      for (SplitPlan plan :
          SplitPlanner.plan(
              tree, SplitPlanner.signals(tree), Long.MAX_VALUE / 2, ReadOptions.DEFAULT)) {
        try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0, memory)) {
          for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
            writer.write(batch);
          }
        }
      }
      writer.roll();
    }
    unhide(target);
  }

  private static void unhide(Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(target)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path partition = file.getParent();
      Files.move(file, partition.getParent().resolve(file.getFileName()));
      Files.deleteIfExists(partition);
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.batch.OtapBatch;
import io.otap.core.export.ExportOptions;
import io.otap.core.export.OtapParquetWriter;
import io.otap.flink.sink.rolling.RolledFile;
import io.otap.flink.sink.rolling.StagedPart;
import io.otap.flink.sink.rolling.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a writer has open, a tree for each value of the partition columns. Each tree has a
 * {@code _part_id} of its own, new with every attempt, so that ids of two writers never meet.
 */
final class OpenTrees {

  private final Staging staging;
  private final Partitioning partitioning;
  private final ExportOptions options;
  private final int maxOpen;

  /** The tree that was written to last comes last. */
  private final Map<String, OtapParquetWriter> open = new LinkedHashMap<>(16, 0.75f, true);

  private final List<RolledFile> complete = new ArrayList<>();

  OpenTrees(Staging staging, Partitioning partitioning, ParquetSettings settings) {
    this.staging = staging;
    this.partitioning = partitioning;
    this.options = new ExportOptions(Long.MAX_VALUE, settings.files());
    this.maxOpen = settings.maxOpen();
  }

  void write(OtapBatch batch) throws IOException {
    for (Map.Entry<String, OtapBatch> part : partitioning.split(batch).entrySet()) {
      tree(part.getKey()).write(part.getValue());
    }
  }

  /** Bytes of all files that were not taken yet. */
  long bytes() {
    long sum = 0;
    for (OtapParquetWriter tree : open.values()) {
      sum += tree.bytes();
    }
    for (RolledFile file : complete) {
      sum += file.parts().get(0).length();
    }
    return sum;
  }

  /** Ends all files and gives them, children before their parents. */
  List<RolledFile> take() throws IOException {
    for (OtapParquetWriter tree : open.values()) {
      tree.roll();
    }
    List<RolledFile> files = List.copyOf(complete);
    complete.clear();
    return files;
  }

  /** Gives up the files that are open, and removes those that are complete. */
  void discard() throws IOException {
    for (OtapParquetWriter tree : open.values()) {
      tree.discard();
    }
    for (RolledFile file : complete) {
      for (StagedPart part : file.parts()) {
        staging.discard(part);
      }
    }
    open.clear();
    complete.clear();
  }

  /** The tree of a partition. For one too many, the files of the one that rested longest end. */
  private OtapParquetWriter tree(String partition) throws IOException {
    OtapParquetWriter tree = open.get(partition);
    if (tree == null) {
      if (open.size() >= maxOpen) {
        Iterator<OtapParquetWriter> oldest = open.values().iterator();
        oldest.next().roll();
        oldest.remove();
      }
      tree =
          new OtapParquetWriter(
              new StagedTarget(staging, path -> partitioning.place(partition, path), complete::add),
              options);
      open.put(partition, tree);
    }
    return tree;
  }
}

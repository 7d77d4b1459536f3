/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.inspect;

import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what is in a tree: what people ask first when attributes are missing. Holds the ids of one
 * table and its children in memory, eight bytes each.
 */
public final class TreeInspection {

  private TreeInspection() {}

  /** Prints the report of a folder. */
  public static void print(Storage storage, String folder, PrintStream out) throws IOException {
    OtapTree tree = OtapTree.list(storage, folder);
    List<SplitPlan> plans =
        SplitPlanner.plan(
            tree, EnumSet.allOf(Signal.class), Long.MAX_VALUE / 2, ReadOptions.DEFAULT);
    Map<String, List<DataFile>> partitions = new TreeMap<>();
    for (DataFile file : tree.files()) {
      partitions.computeIfAbsent(file.partition(), p -> new ArrayList<>()).add(file);
    }
    out.println(
        folder
            + ": "
            + Counts.of(partitions.size(), "partition")
            + ", "
            + Counts.of(tree.files().stream().map(DataFile::table).distinct().count(), "table")
            + ", "
            + Counts.of(tree.files().size(), "file")
            + ", "
            + Counts.bytes(tree.files().stream().mapToLong(DataFile::length).sum()));
    for (Map.Entry<String, List<DataFile>> partition : partitions.entrySet()) {
      new PartitionInspection(storage, partition.getValue(), plans, out).print(partition.getKey());
    }
    if (!tree.ignored().isEmpty()) {
      out.println();
      out.println("left out for their names: " + Counts.of(tree.ignored().size(), "path"));
      tree.ignored().forEach(path -> out.println("  " + path));
    }
    out.flush();
  }
}

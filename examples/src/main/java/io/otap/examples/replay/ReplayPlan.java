/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a tree holds for the asked signals: known before a job starts, for checks and for progress.
 *
 * @param signals those that are asked for and have records
 * @param withoutRoots rows of tables that no split reads, because no root row of their partition
 *     was ever published
 * @param young root files that are left out because they changed a short time ago
 */
record ReplayPlan(
    OtapTree tree,
    Set<Signal> signals,
    int partitions,
    Map<String, Long> withoutRoots,
    Set<DataFile> young) {

  static ReplayPlan of(Storage storage, String from, Set<Signal> asked, Duration minFileAge)
      throws IOException {
    OtapTree tree = OtapTree.list(storage, from);
    Set<Signal> there = SplitPlanner.signals(tree);
    if (there.isEmpty()) {
      throw OtapException.of(
          OtapErrorKind.DISCOVERY,
          "no records in "
              + from
              + ": only rows of "
              + tree.files().stream()
                  .filter(f -> f.rows() > 0)
                  .map(f -> f.table().folder())
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ", whose records were not published");
    }
    Set<Signal> signals = new TreeSet<>(asked.isEmpty() ? there : asked);
    signals.retainAll(there);
    if (signals.isEmpty()) {
      throw OtapException.of(
          OtapErrorKind.DISCOVERY,
          "no " + names(asked) + " in " + from + "; it has " + names(there));
    }
    Map<String, Long> withoutRoots = new TreeMap<>();
    for (DataFile file : SplitPlanner.withoutRoots(tree, signals)) {
      withoutRoots.merge(file.table().folder(), file.rows(), Long::sum);
    }
    int partitions = (int) tree.files().stream().map(DataFile::partition).distinct().count();
    Set<DataFile> young =
        tree.rootsYoungerThan(minFileAge).stream()
            .filter(file -> signals.containsAll(file.table().signals()))
            .collect(Collectors.toSet());
    return new ReplayPlan(tree, signals, partitions, withoutRoots, young);
  }

  /** Records of the asked signals. */
  long records() {
    return tree.files().stream()
        .filter(f -> f.table().isRoot() && signals.containsAll(f.table().signals()))
        .filter(f -> !young.contains(f))
        .mapToLong(DataFile::rows)
        .sum();
  }

  /** Bytes of the files that the asked signals need. */
  long bytes() {
    return tree.files().stream().filter(f -> needed(f.table())).mapToLong(DataFile::length).sum();
  }

  private boolean needed(PayloadType table) {
    return table.signals().stream().anyMatch(signals::contains);
  }

  static String names(Collection<Signal> signals) {
    return signals.stream().map(Signal::id).collect(Collectors.joining(", "));
  }
}

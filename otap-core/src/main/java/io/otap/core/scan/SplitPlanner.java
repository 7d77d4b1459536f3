/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Cuts a tree into splits, and pins to each the files that it needs. */
@Internal
public final class SplitPlanner {

  /** Nested ids have 16 bits (OTAP-FORMAT 1). */
  static final long LARGEST_NESTED_ID = 65_535;

  private SplitPlanner() {}

  /**
   * The splits of the asked signals, partition by partition, each partition's oldest first.
   *
   * @param splitSize bytes of a root file's rows in one split
   */
  public static List<SplitPlan> plan(
      OtapTree tree, Set<Signal> signals, long splitSize, ReadOptions options) {
    return plan(tree, signals, splitSize, options, Set.of());
  }

  /**
   * The same without the splits of some root files, which keep their ranges of ids: rows of their
   * children are nobody's orphans.
   */
  public static List<SplitPlan> plan(
      OtapTree tree,
      Set<Signal> signals,
      long splitSize,
      ReadOptions options,
      Set<DataFile> leftOut) {
    Map<String, List<DataFile>> partitions = new TreeMap<>();
    for (DataFile file : tree.files()) {
      partitions.computeIfAbsent(file.partition(), p -> new ArrayList<>()).add(file);
    }
    List<SplitPlan> plans = new ArrayList<>();
    for (List<DataFile> files : partitions.values()) {
      for (Signal signal : signals) {
        plan(files, signal, splitSize, options, plans);
      }
    }
    plans.removeIf(plan -> leftOut.contains(plan.root()));
    plans.sort(SplitPlan.OLDEST_FIRST);
    return plans;
  }

  /** The signals whose root table has rows. */
  public static Set<Signal> signals(OtapTree tree) {
    Set<Signal> signals = new LinkedHashSet<>();
    for (Signal signal : Signal.values()) {
      if (tree.files().stream().anyMatch(f -> f.table() == signal.root() && f.rows() > 0)) {
        signals.add(signal);
      }
    }
    return signals;
  }

  /**
   * Child files of partitions that have no root rows of their signal: rows whose parents were never
   * published (ENGINE-OBSERVED 6). No split reads them.
   */
  public static List<DataFile> withoutRoots(OtapTree tree, Set<Signal> signals) {
    Map<Signal, Set<String>> partitionsWithRoots = new EnumMap<>(Signal.class);
    for (DataFile file : tree.files()) {
      if (file.table().isRoot() && file.rows() > 0) {
        partitionsWithRoots
            .computeIfAbsent(Signal.ofRoot(file.table()), s -> new HashSet<>())
            .add(file.partition());
      }
    }
    List<DataFile> lost = new ArrayList<>();
    for (DataFile file : tree.files()) {
      PayloadType table = file.table();
      if (table.isRoot() || table.isShared() || file.rows() == 0) {
        continue;
      }
      Signal signal = table.signals().iterator().next();
      if (signals.contains(signal)
          && !partitionsWithRoots.getOrDefault(signal, Set.of()).contains(file.partition())) {
        lost.add(file);
      }
    }
    return lost;
  }

  private static void plan(
      List<DataFile> partition,
      Signal signal,
      long splitSize,
      ReadOptions options,
      Collection<SplitPlan> plans) {
    List<DataFile> roots =
        FileOrder.of(
            partition.stream().filter(f -> f.table() == signal.root() && f.rows() > 0).toList());
    List<DataFile> withIds = roots.stream().filter(FileOrder::hasIds).toList();
    PartitionFiles files = new PartitionFiles(partition);
    long reach = reach(partition);
    int next = 0;
    for (DataFile root : roots) {
      int k = FileOrder.hasIds(root) ? next++ : -1;
      IdRange owned = owned(withIds, k, root == roots.get(0));
      IdRange window = k < 0 ? IdRange.ALL : window(withIds, k, owned, reach);
      List<DataFile> inputs = files.around(root, signal, window);
      cut(signal, root, splitSize, owned, inputs, true, options, plans);
    }
  }

  /**
   * The splits of one root file of a partition that still grows, from what is known of it: whatever
   * is not there yet may still come. The file answers for the ids of its own rows alone.
   *
   * @param known files of the partition, all that can matter to the root among them
   */
  public static List<SplitPlan> planGrowing(
      Collection<DataFile> known, DataFile root, long splitSize, ReadOptions options) {
    Signal signal = Signal.ofRoot(root.table());
    List<DataFile> partition = new ArrayList<>(known);
    List<DataFile> roots =
        FileOrder.of(
            partition.stream().filter(f -> f.table() == root.table() && f.rows() > 0).toList());
    int at = roots.indexOf(root);
    int before = neighbour(roots, at, -1);
    int behind = neighbour(roots, at, 1);
    long reach = reach(partition);
    IdRange owned = FileOrder.hasIds(root) ? root.ids() : new IdRange(0, -1);
    IdRange window =
        new IdRange(
            Math.min(
                    before < 0 ? 0 : roots.get(before).ids().max(),
                    FileOrder.hasIds(root) ? root.ids().min() : Long.MAX_VALUE)
                - reach,
            (behind == roots.size()
                    ? FileOrder.hasIds(root)
                        ? root.ids().max()
                        : before < 0 ? -1 : roots.get(before).ids().max()
                    : roots.get(behind).ids().min())
                + reach);
    for (int k = 0; k < roots.size(); k++) {
      if ((k < before || k > behind) && !FileOrder.hasIds(roots.get(k))) {
        partition.remove(roots.get(k));
      }
    }
    List<SplitPlan> plans = new ArrayList<>();
    List<DataFile> inputs = new PartitionFiles(partition).around(root, signal, window);
    cut(signal, root, splitSize, owned, inputs, false, options, plans);
    return plans;
  }

  /** The next file with ids in one direction; -1 or the size if there is none. */
  private static int neighbour(List<DataFile> roots, int at, int step) {
    int k = at + step;
    while (k >= 0 && k < roots.size() && !FileOrder.hasIds(roots.get(k))) {
      k += step;
    }
    return k;
  }

  private static void cut(
      Signal signal,
      DataFile root,
      long splitSize,
      IdRange owned,
      List<DataFile> inputs,
      boolean complete,
      ReadOptions options,
      Collection<SplitPlan> plans) {
    long ranges = Math.max(1, Math.min(root.rows(), (root.length() + splitSize - 1) / splitSize));
    for (long r = 0; r < ranges; r++) {
      plans.add(
          new SplitPlan(
              signal,
              root,
              root.rows() * r / ranges,
              root.rows() * (r + 1) / ranges,
              owned,
              inputs,
              complete,
              options));
    }
  }

  /**
   * The ids that a root file answers for, so that each child row is somebody's: up to the next file
   * with ids, the first file also for what is before. A file without ids has none, unless no file
   * has.
   */
  private static IdRange owned(List<DataFile> withIds, int k, boolean first) {
    if (k < 0) {
      return withIds.isEmpty() && first ? new IdRange(0, Long.MAX_VALUE) : new IdRange(0, -1);
    }
    return new IdRange(
        k == 0 ? 0 : FileOrder.firstId(withIds.get(k)),
        k + 1 == withIds.size() ? Long.MAX_VALUE : FileOrder.firstId(withIds.get(k + 1)) - 1);
  }

  /**
   * The ids around a root file in which other files are evidence. Rows without ids at its beginning
   * belong to batches anywhere behind the file before.
   */
  private static IdRange window(List<DataFile> withIds, int k, IdRange owned, long reach) {
    IdRange ids = withIds.get(k).ids();
    long before = k == 0 ? 0 : withIds.get(k - 1).ids().max();
    return new IdRange(
        Math.min(Math.min(owned.min(), before), ids.min()) - reach,
        owned.max() > Long.MAX_VALUE - reach
            ? Long.MAX_VALUE
            : Math.max(owned.max(), ids.max()) + reach);
  }

  /**
   * How far around a root file's ids other files are evidence for recovery. A batch's keys reach as
   * far behind its offset as its largest nested id; twice that also sees what the batch before can
   * reach.
   */
  public static long reach(Collection<DataFile> partition) {
    long largest = 0;
    for (DataFile file : partition) {
      if (file.table().isRoot() && file.rows() > 0) {
        largest = Math.max(largest, largest(file.resourceIds()));
        largest = Math.max(largest, largest(file.scopeIds()));
      }
    }
    return 2 * (Math.min(largest, LARGEST_NESTED_ID) + 1) + 1;
  }

  private static long largest(IdRange range) {
    return range == null ? 0 : range.max();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.select.ReadSelection;
import io.otap.core.select.RootCondition;
import io.otap.core.select.TimeRange;
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
   */
  public static List<SplitPlan> planGrowing(
      KnownFiles known, DataFile root, long splitSize, ReadOptions options) {
    Signal signal = Signal.ofRoot(root.table());
    List<DataFile> around = known.around(root);
    boolean withIds = FileOrder.hasIds(root);
    IdRange window = growingWindow(around, root, known.reach());
    Set<DataFile> partition = new LinkedHashSet<>(known.near(root, window));
    partition.removeIf(file -> file.table() == root.table() && !FileOrder.hasIds(file));
    partition.addAll(around);
    List<SplitPlan> plans = new ArrayList<>();
    cut(
        signal,
        root,
        splitSize,
        withIds ? root.ids() : new IdRange(0, -1),
        new PartitionFiles(List.copyOf(partition)).around(root, signal, window),
        false,
        options,
        plans);
    return plans;
  }

  /** From the ids before a root file to those behind it, as far as there are any. */
  private static IdRange growingWindow(List<DataFile> around, DataFile root, long reach) {
    DataFile first = around.get(0);
    DataFile last = around.get(around.size() - 1);
    IdRange ids = root.ids();
    IdRange before = first == root ? null : first.ids();
    IdRange behind = last == root ? null : last.ids();
    long from = before == null ? 0 : before.max();
    long to = before == null ? -1 : before.max();
    if (ids != null) {
      from = Math.min(from, ids.min());
      to = ids.max();
    }
    return new IdRange(less(from, reach), more(behind == null ? to : behind.min(), reach));
  }

  /** A difference that does not turn over: files without statistics have all ids. */
  private static long less(long id, long reach) {
    return id < Long.MIN_VALUE + reach ? Long.MIN_VALUE : id - reach;
  }

  private static long more(long id, long reach) {
    return id > Long.MAX_VALUE - reach ? Long.MAX_VALUE : id + reach;
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
    ReadSelection selection = options.selection();
    if (!mayHold(root, selection)) {
      return;
    }
    List<DataFile> needed = needed(root, signal, inputs, selection);
    long ranges = Math.max(1, Math.min(root.rows(), (root.length() + splitSize - 1) / splitSize));
    for (long r = 0; r < ranges; r++) {
      plans.add(
          new SplitPlan(
              signal,
              root,
              root.rows() * r / ranges,
              root.rows() * (r + 1) / ranges,
              owned,
              needed,
              complete,
              options));
    }
  }

  /**
   * The files that a selection leaves: evidence only where something is to be recovered. The other
   * root files of the table stay, because copies are found by them.
   */
  private static List<DataFile> needed(
      DataFile root, Signal signal, List<DataFile> inputs, ReadSelection selection) {
    return inputs.stream()
        .filter(f -> f.table() == root.table() || selection.needs(f.table(), Set.of(signal)))
        .toList();
  }

  /**
   * Whether a record of the file can meet the selection's conditions, as far as the listing tells.
   * A log without a time has that of its observation, which it does not tell.
   */
  private static boolean mayHold(DataFile root, ReadSelection selection) {
    IdRange times = root.times();
    return selection.takes(root.partition())
        && (times == null
            || times.min() <= 0
            || selection.conditions().stream()
                .allMatch(condition -> mayHold(root, times, condition)));
  }

  private static boolean mayHold(DataFile root, IdRange times, RootCondition condition) {
    return !(condition instanceof TimeRange range)
        || !range.columns().get(0).equals(root.table().eventTime().path())
        || range.meets(times.min(), times.max());
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
        less(Math.min(Math.min(owned.min(), before), ids.min()), reach),
        more(Math.max(owned.max(), ids.max()), reach));
  }

  /**
   * How far around a root file's ids other files are evidence for recovery. A batch's keys reach as
   * far behind its offset as its largest nested id; twice that also sees what the batch before can
   * reach.
   *
   * @param largestNestedId of all root files of the partition
   */
  public static long reach(long largestNestedId) {
    return 2 * (Math.min(largestNestedId, LARGEST_NESTED_ID) + 1) + 1;
  }

  /** The largest id of a resource or scope in a root file; 0 if it has none. */
  public static long largestNestedId(DataFile root) {
    return Math.max(largest(root.resourceIds()), largest(root.scopeIds()));
  }

  private static long reach(Collection<DataFile> partition) {
    return reach(
        partition.stream()
            .filter(file -> file.table().isRoot() && file.rows() > 0)
            .mapToLong(SplitPlanner::largestNestedId)
            .max()
            .orElse(0));
  }

  private static long largest(IdRange range) {
    return range == null ? 0 : range.max();
  }
}

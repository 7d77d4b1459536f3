/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plans how to find the rows that a file makes late: its own, and those of files known before that
 * belong to them. A row is late once, by the last of the files that lead from it to a root file
 * that was released without one of them.
 */
final class LateRows {

  /** Ids in files have 32 bits. */
  private static final long LARGEST_ID = 0xffff_ffffL;

  private final Function<PayloadType, FollowedTable> tables;
  private final DataFile file;
  private final ReadOptions options;
  private final List<SplitPlan> plans = new ArrayList<>();

  /**
   * @param tables the files of a partition
   * @param file a child file that has just appeared; it has no stage yet
   */
  static List<SplitPlan> plans(
      Function<PayloadType, FollowedTable> tables, DataFile file, ReadOptions options) {
    LateRows late = new LateRows(tables, file, options);
    if (file.table().isShared()) {
      late.planRanges();
    } else {
      late.planChain();
    }
    return late.plans;
  }

  private LateRows(
      Function<PayloadType, FollowedTable> tables, DataFile file, ReadOptions options) {
    this.tables = tables;
    this.file = file;
    this.options = options;
  }

  private void planChain() {
    Set<DataFile> above = above(file);
    if (!above.isEmpty()) {
      plan(file, above);
      planBelow(file.table(), Map.of(file, above));
    }
  }

  /** The files that lead from a file's rows to released root files, and these; none if none do. */
  private Set<DataFile> above(DataFile child) {
    PayloadType parent = child.table().parent();
    Set<DataFile> above = new LinkedHashSet<>();
    if (parent.isRoot()) {
      released(parent, child.parentIds()).forEach(above::add);
      return above;
    }
    for (DataFile file : known(tables.apply(parent).byId().meeting(child.parentIds()))) {
      Set<DataFile> further = above(file);
      if (!further.isEmpty()) {
        above.add(file);
        above.addAll(further);
      }
    }
    return above;
  }

  /**
   * @param parents files of a table with late rows, each with what lies above it
   */
  private void planBelow(PayloadType table, Map<DataFile, Set<DataFile>> parents) {
    for (PayloadType child : table.children()) {
      Map<DataFile, Set<DataFile>> below = new LinkedHashMap<>();
      parents.forEach(
          (parent, above) -> {
            for (DataFile known : known(tables.apply(child).byParent().meeting(parent.ids()))) {
              Set<DataFile> inputs = below.computeIfAbsent(known, f -> new LinkedHashSet<>());
              inputs.add(parent);
              inputs.addAll(above);
            }
          });
      below.forEach(this::plan);
      planBelow(child, below);
    }
  }

  private void plan(DataFile child, Set<DataFile> above) {
    Signal signal = child.table().signals().iterator().next();
    List<DataFile> inputs = List.copyOf(above);
    plans.add(SplitPlan.late(signal, child, child.parentIds(), inputs, options, file.path()));
  }

  /**
   * Attributes of resources and scopes have numbers of requests in place of ids of rows. They are
   * late in the ranges of released root files, but for those of root files that wait.
   */
  private void planRanges() {
    List<DataFile> released =
        Stream.of(Signal.values())
            .flatMap(signal -> released(signal.root(), file.parentIds()))
            .sorted(Comparator.comparingLong(root -> root.ids().min()))
            .toList();
    List<IdRange> waiting = released.isEmpty() ? List.of() : waiting(file.parentIds());
    long next = 0;
    for (DataFile root : released) {
      IdRange ids = possible(root.ids());
      long from = Math.max(next, Math.max(ids.min(), file.parentIds().min()));
      long to = Math.min(ids.max(), file.parentIds().max());
      for (IdRange others : waiting) {
        if (others.meets(from, to)) {
          planRange(root, from, others.min() - 1);
          from = Math.max(from, others.max() + 1);
        }
      }
      planRange(root, from, to);
      next = Math.max(next, to + 1);
    }
  }

  /** Ids of root files that wait, the smallest first. */
  private List<IdRange> waiting(IdRange ids) {
    return Stream.of(Signal.values())
        .flatMap(signal -> tables.apply(signal.root()).byId().meeting(ids).stream())
        .filter(root -> root.stage == null)
        .map(root -> possible(root.data.ids()))
        .sorted(Comparator.comparingLong(IdRange::min))
        .toList();
  }

  /** Files without statistics say that they have all ids there are. */
  private static IdRange possible(IdRange ids) {
    return new IdRange(Math.max(0, ids.min()), Math.min(LARGEST_ID, ids.max()));
  }

  private void planRange(DataFile root, long from, long to) {
    if (from <= to) {
      plans.add(
          SplitPlan.late(
              Signal.ofRoot(root.table()),
              file,
              new IdRange(from, to),
              List.of(),
              options,
              file.path()));
    }
  }

  private Stream<DataFile> released(PayloadType root, IdRange ids) {
    return tables.apply(root).released().meeting(ids).stream()
        .filter(file -> !file.leftOut)
        .map(file -> file.data);
  }

  /** Without those that have appeared at the same time and whose turn is still to come. */
  private static List<DataFile> known(Collection<FollowedFile> files) {
    return files.stream().filter(file -> file.stage != null).map(file -> file.data).toList();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Signal;
import java.util.Comparator;
import java.util.List;

/**
 * What is needed to read a range of rows of one root file: the pinned files and options. Reading
 * the same plan gives the same batches, wherever and whenever.
 *
 * <p>Or, of a tree that grows, what is needed to find the rows of one child file that came too late
 * for their batches ({@link #isLate}). The root is the child file then; the inputs are the files
 * that lead from its rows to root files that were released before, and these root files.
 *
 * @param firstRow first root row of the range; the range begins at the first possible cut from
 *     there on
 * @param endRow row behind the last, by the same rule
 * @param owned ids of the partition that fall to the root file: from its first id to before the
 *     next root file's. The windows of a partition's root files tile all ids, so that each row
 *     without a parent is counted by exactly one split
 * @param inputs child files whose rows can belong to the range, and files that are evidence for
 *     recovery (other root files of the partition, their children); without {@code root}
 * @param complete whether the inputs are all that the partition will ever have; if not, an id that
 *     occurs in no table is no proof of anything
 * @param lateBy path of the file that came too late, the child file itself or one that its rows
 *     belong to; null if nothing is late
 */
@Internal
public record SplitPlan(
    Signal signal,
    DataFile root,
    long firstRow,
    long endRow,
    IdRange owned,
    List<DataFile> inputs,
    boolean complete,
    ReadOptions options,
    String lateBy) {

  /**
   * By the earliest event time that a split can have, so that what is read later is not late; then
   * by the time in the names of files.
   */
  public static final Comparator<SplitPlan> OLDEST_FIRST =
      Comparator.comparingLong(SplitPlan::earliest)
          .thenComparing(plan -> plan.root().name())
          .thenComparing(plan -> plan.root().path())
          .thenComparingLong(SplitPlan::firstRow);

  public SplitPlan {
    inputs = List.copyOf(inputs);
  }

  /** A range of rows of a root file. */
  public SplitPlan(
      Signal signal,
      DataFile root,
      long firstRow,
      long endRow,
      IdRange owned,
      List<DataFile> inputs,
      boolean complete,
      ReadOptions options) {
    this(signal, root, firstRow, endRow, owned, inputs, complete, options, null);
  }

  /**
   * The rows of a child file that are late.
   *
   * @param parents parents of late rows lie in this range
   * @param inputs files of the tables above, up to root files that were released; none for
   *     attributes of resources and scopes, whose parents are told by the range alone
   * @param lateBy path of the file that came too late
   */
  public static SplitPlan late(
      Signal signal,
      DataFile child,
      IdRange parents,
      List<DataFile> inputs,
      ReadOptions options,
      String lateBy) {
    return new SplitPlan(signal, child, 0, child.rows(), parents, inputs, false, options, lateBy);
  }

  /** Whether this finds late rows of a child file, and no records. */
  public boolean isLate() {
    return lateBy != null;
  }

  /**
   * Derived from content: the same file and range give the same id, in any listing and after any
   * restart.
   */
  public String id() {
    if (isLate()) {
      String ids = owned.min() + "-" + owned.max();
      return "late-" + signal.id() + ":" + root.path() + ":" + ids + ":" + lateBy;
    }
    return signal.id() + ":" + root.path() + ":" + firstRow + "-" + endRow;
  }

  /**
   * No record of the range has an event time before this, in nanoseconds, unless it has none. The
   * smallest number if that is unknown; metrics have the times of their points, and late rows none.
   */
  public long earliest() {
    if (isLate()) {
      return Long.MIN_VALUE;
    }
    if (root.times() != null) {
      return root.times().min();
    }
    return inputs.stream()
        .filter(file -> file.table().parent() == root.table() && file.times() != null)
        .mapToLong(file -> file.times().min())
        .min()
        .orElse(Long.MIN_VALUE);
  }

  /** The same range without the files that are needed to read it. */
  public SplitPlan withoutInputs() {
    return new SplitPlan(
        signal, root, firstRow, endRow, owned, List.of(), complete, options, lateBy);
  }
}

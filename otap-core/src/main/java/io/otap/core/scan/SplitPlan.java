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
    ReadOptions options) {

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

  /**
   * Derived from content: the same file and range give the same id, in any listing and after any
   * restart.
   */
  public String id() {
    return signal.id() + ":" + root.path() + ":" + firstRow + "-" + endRow;
  }

  /**
   * No record of the range has an event time before this, in nanoseconds, unless it has none. The
   * smallest number if that is unknown; metrics have the times of their points.
   */
  public long earliest() {
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
    return new SplitPlan(signal, root, firstRow, endRow, owned, List.of(), complete, options);
  }
}

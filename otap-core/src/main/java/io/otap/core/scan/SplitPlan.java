/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Signal;
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
 */
@Internal
public record SplitPlan(
    Signal signal,
    DataFile root,
    long firstRow,
    long endRow,
    IdRange owned,
    List<DataFile> inputs,
    ReadOptions options) {

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

  /** The same range without the files that are needed to read it. */
  public SplitPlan withoutInputs() {
    return new SplitPlan(signal, root, firstRow, endRow, owned, List.of(), options);
  }
}

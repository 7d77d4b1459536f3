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
 * @param firstRow first root row of the range
 * @param endRow row behind the last
 * @param inputs child files whose rows can belong to the range, and files that are evidence for
 *     recovery (other root files of the partition, their children); without {@code root}
 */
@Internal
public record SplitPlan(
    Signal signal,
    DataFile root,
    long firstRow,
    long endRow,
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
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import java.util.Collection;
import java.util.List;

/** What is known of the files of a partition that still grows. Files without rows do not count. */
@Internal
public interface KnownFiles {

  /** How far around a root file's ids other files are evidence ({@link SplitPlanner#reach}). */
  long reach();

  /**
   * A root file among those of its table, in the order of {@link FileOrder}: with its neighbours,
   * on both sides up to the next that has ids.
   */
  List<DataFile> around(DataFile root);

  /**
   * All files that can matter to a root file, in any order, and perhaps more: those with ids or
   * parents in a window, root files of other signals without ids, shared files with one of the
   * root's nested ids, and the files of deeper tables with children of these.
   */
  Collection<DataFile> near(DataFile root, IdRange window);
}

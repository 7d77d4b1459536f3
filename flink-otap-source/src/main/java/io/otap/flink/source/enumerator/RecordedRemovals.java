/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.follow.SeenFiles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the checkpoints that a job may go back to know of files that were removed, by tree ({@link
 * SeenFiles#removed}): a run that begins without knowing it would read root files without the
 * children that are gone.
 */
final class RecordedRemovals {

  /** Of the last checkpoints that are complete, or the state the run began with; oldest first. */
  private final Deque<Map<String, Map<String, Long>>> complete = new ArrayDeque<>();

  private final TreeMap<Long, Map<String, Map<String, Long>>> pending = new TreeMap<>();

  /**
   * @param retained checkpoints that the job may go back to
   * @param seen by tree, what the run begins with
   */
  RecordedRemovals(int retained, Map<String, SeenFiles> seen) {
    Map<String, Map<String, Long>> first = copy(seen);
    for (int n = 0; n < retained; n++) {
      complete.add(first);
    }
  }

  void snapshot(long checkpoint, Map<String, SeenFiles> seen) {
    pending.put(checkpoint, copy(seen));
  }

  void complete(long checkpoint) {
    Map<String, Map<String, Long>> removed = pending.get(checkpoint);
    if (removed != null) {
      complete.remove();
      complete.add(removed);
      pending.headMap(checkpoint, true).clear();
    }
  }

  /** As the oldest checkpoint has it; later ones know no less. */
  Map<String, Map<String, Long>> inAllCheckpoints() {
    return complete.element();
  }

  private static Map<String, Map<String, Long>> copy(Map<String, SeenFiles> seen) {
    Map<String, Map<String, Long>> removed = new HashMap<>();
    seen.forEach((tree, files) -> removed.put(tree, Map.copyOf(files.removed())));
    return removed;
  }
}

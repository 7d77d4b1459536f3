/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.flink.source.split.NoSplitsNow;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.SplitsHeld;
import io.otap.flink.source.split.SplitsSettled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives splits out as readers ask, one for each request, and keeps count of those that it gave. */
final class SplitDispenser {

  private static final Logger LOG = LoggerFactory.getLogger(SplitDispenser.class);

  private final SplitEnumeratorContext<OtapSplit> context;
  private final boolean tellsNone;
  private final Deque<OtapSplit> unassigned;
  private final Assignments assignments;

  /** The reader of each request that waits, first come first served. */
  private final Deque<Integer> waiting = new ArrayDeque<>();

  /** Readers that know that there is nothing for them. */
  private final Set<Integer> told = new HashSet<>();

  /** Readers that know that there will be nothing more for them. */
  private final Set<Integer> ended = new HashSet<>();

  /** Splits that readers can forget, and do not know of yet. */
  private final Map<Integer, List<String>> settled = new HashMap<>();

  private boolean listed;
  private boolean complete;

  /**
   * @param unassigned splits that no reader has
   * @param inDoubt splits that a reader may have
   * @param tellsNone whether a reader is told when there is nothing for it
   */
  SplitDispenser(
      SplitEnumeratorContext<OtapSplit> context,
      Collection<OtapSplit> unassigned,
      Collection<OtapSplit> inDoubt,
      boolean tellsNone) {
    this.context = context;
    this.tellsNone = tellsNone;
    this.unassigned = new ArrayDeque<>(unassigned);
    this.assignments = new Assignments(inDoubt);
    context.metricGroup().setUnassignedSplitsGauge(() -> (long) this.unassigned.size());
  }

  /** Splits that were found. */
  void add(Collection<OtapSplit> splits) {
    unassigned.addAll(splits);
    listed = true;
    assign();
  }

  /** No further split will be added. */
  void complete() {
    complete = true;
    assign();
  }

  void requested(int subtask) {
    waiting.add(subtask);
    assign();
  }

  void reset(int subtask, Collection<OtapSplit> givenBack) {
    waiting.removeIf(reader -> reader == subtask);
    told.remove(subtask);
    ended.remove(subtask);
    settled.remove(subtask);
    assignments.reset(subtask, givenBack);
  }

  /**
   * @return splits that no reader has and that are given out again
   */
  List<OtapSplit> held(int subtask, SplitsHeld event) {
    if (!event.restored()) {
      assignments.held(subtask, event.ids());
      return List.of();
    }
    List<OtapSplit> lost = assignments.reported(subtask, event.ids(), context.currentParallelism());
    if (!event.ids().isEmpty()) {
      context.sendEventToSourceReader(subtask, new SplitsSettled(event.ids()));
    }
    if (!lost.isEmpty()) {
      LOG.info("{} splits that no reader has are given out again: {}.", lost.size(), lost);
    }
    for (int i = lost.size() - 1; i >= 0; i--) {
      unassigned.addFirst(lost.get(i));
    }
    assign();
    return lost;
  }

  /**
   * What is settled, readers are told with their next split: an event to a reader that has just
   * finished, as all have when a job stops with this checkpoint, would fail the job.
   */
  void checkpointComplete(long checkpoint) {
    assignments
        .settle(checkpoint)
        .forEach((subtask, ids) -> settled.merge(subtask, ids, SplitDispenser::concat));
  }

  private static List<String> concat(List<String> a, List<String> b) {
    List<String> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  int pending() {
    return unassigned.size();
  }

  List<OtapSplit> unassigned() {
    return new ArrayList<>(unassigned);
  }

  List<OtapSplit> inDoubt(long checkpoint) {
    return assignments.inDoubt(checkpoint);
  }

  private void assign() {
    Iterator<Integer> readers = waiting.iterator();
    while (readers.hasNext()) {
      int subtask = readers.next();
      if (!context.registeredReaders().containsKey(subtask) || ended.contains(subtask)) {
        readers.remove();
        continue;
      }
      OtapSplit split = unassigned.poll();
      if (split != null) {
        told.remove(subtask);
        if (settled.containsKey(subtask)) {
          context.sendEventToSourceReader(subtask, new SplitsSettled(settled.remove(subtask)));
        }
        assignments.assigned(split, subtask);
        context.assignSplit(split, subtask);
        readers.remove();
      } else if (complete && !assignments.awaitsReports()) {
        ended.add(subtask);
        context.signalNoMoreSplits(subtask);
        readers.remove();
      } else if (!listed || assignments.awaitsReports()) {
        return;
      } else if (tellsNone && told.add(subtask)) {
        context.sendEventToSourceReader(subtask, new NoSplitsNow());
      }
    }
  }
}

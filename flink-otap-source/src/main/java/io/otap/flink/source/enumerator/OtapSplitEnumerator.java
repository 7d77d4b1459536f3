/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.flink.source.split.OtapSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans once, off the coordinator's thread, and gives the splits out one by one as readers ask,
 * oldest first. What there is to read is backlog until the last split is given out, so that a job
 * can make checkpoints rarely while it reads, and the last one at once.
 */
@Internal
public final class OtapSplitEnumerator implements SplitEnumerator<OtapSplit, OtapEnumeratorState> {

  private static final Logger LOG = LoggerFactory.getLogger(OtapSplitEnumerator.class);

  private final SplitEnumeratorContext<OtapSplit> context;
  private final Callable<List<OtapSplit>> planner;
  private final Deque<OtapSplit> unassigned;
  private final Set<Integer> waiting = new LinkedHashSet<>();
  private boolean planned;

  /**
   * @param planner lists and plans; touches nothing of the enumerator
   */
  public OtapSplitEnumerator(
      SplitEnumeratorContext<OtapSplit> context,
      Callable<List<OtapSplit>> planner,
      OtapEnumeratorState state) {
    this.context = context;
    this.planner = planner;
    this.planned = state.planned();
    this.unassigned = new ArrayDeque<>(state.unassigned());
  }

  @Override
  public void start() {
    context.metricGroup().setUnassignedSplitsGauge(() -> (long) unassigned.size());
    if (!planned) {
      context.callAsync(planner, this::planned);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String hostname) {
    waiting.add(subtask);
    assign();
  }

  @Override
  public void addSplitsBack(List<OtapSplit> splits, int subtask) {
    LOG.info("Subtask {} gave back {} splits.", subtask, splits.size());
    for (int i = splits.size() - 1; i >= 0; i--) {
      unassigned.addFirst(splits.get(i));
    }
    waiting.remove(subtask);
    assign();
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask for splits; there is nothing to do before they do.
  }

  @Override
  public OtapEnumeratorState snapshotState(long checkpointId) {
    return new OtapEnumeratorState(planned, new ArrayList<>(unassigned));
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private void planned(List<OtapSplit> splits, Throwable failure) {
    if (failure != null) {
      throw new FlinkRuntimeException("The OTAP source could not plan its splits.", failure);
    }
    unassigned.addAll(splits);
    planned = true;
    assign();
  }

  private void assign() {
    if (!planned) {
      return;
    }
    Iterator<Integer> readers = waiting.iterator();
    while (readers.hasNext()) {
      int subtask = readers.next();
      readers.remove();
      if (!context.registeredReaders().containsKey(subtask)) {
        continue;
      }
      OtapSplit split = unassigned.poll();
      if (split == null) {
        context.signalNoMoreSplits(subtask);
      } else {
        context.assignSplit(split, subtask);
      }
    }
  }
}

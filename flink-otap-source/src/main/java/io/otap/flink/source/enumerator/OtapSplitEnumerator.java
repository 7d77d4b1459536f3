/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.flink.source.metrics.ErrorCounters;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.SplitsHeld;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.util.FlinkRuntimeException;

/** Plans once, off the coordinator's thread, and gives the splits out, oldest first. */
@Internal
public final class OtapSplitEnumerator
    implements SplitEnumerator<OtapSplit, OtapEnumeratorState>,
        SupportsHandleExecutionAttemptSourceEvent {

  private final SplitEnumeratorContext<OtapSplit> context;
  private final Callable<List<OtapSplit>> planner;
  private final SplitDispenser splits;
  private final ErrorCounters errors;
  private boolean planned;

  /**
   * @param planner lists and plans; touches nothing of the enumerator
   * @param errors counts what fails it
   */
  public OtapSplitEnumerator(
      SplitEnumeratorContext<OtapSplit> context,
      Callable<List<OtapSplit>> planner,
      ErrorCounters errors,
      OtapEnumeratorState state) {
    this.context = context;
    this.planner = planner;
    this.planned = state.planned();
    this.splits = new SplitDispenser(context, state.unassigned(), state.inDoubt(), false);
    this.errors = errors;
  }

  @Override
  public void start() {
    if (planned) {
      splits.complete();
    } else {
      context.callAsync(planner, this::planned);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String hostname) {
    splits.requested(subtask);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof SplitsHeld held) {
      splits.held(subtask, held);
    }
  }

  @Override
  public void handleSourceEvent(int subtask, int attempt, SourceEvent event) {
    handleSourceEvent(subtask, event);
  }

  @Override
  public void addSplitsBack(List<OtapSplit> givenBack, int subtask) {
    splits.reset(subtask, givenBack);
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask for splits; there is nothing to do before they do.
  }

  @Override
  public OtapEnumeratorState snapshotState(long checkpointId) {
    return new OtapEnumeratorState(
        planned, splits.unassigned(), splits.inDoubt(checkpointId), Map.of());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    splits.checkpointComplete(checkpointId);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private void planned(List<OtapSplit> found, Throwable failure) {
    if (failure != null) {
      errors.count(failure);
      throw new FlinkRuntimeException("The OTAP source could not plan its splits.", failure);
    }
    planned = true;
    splits.add(found);
    splits.complete();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.flink.source.split.NoSplitsNow;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.OtapSplitState;
import io.otap.flink.source.split.SplitsFinished;
import io.otap.flink.source.split.SplitsHeld;
import io.otap.flink.source.split.SplitsSettled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Asks for a split when it has none, and reads it. One split at a time spreads them evenly and in
 * order.
 *
 * <p>Tells the enumerator which splits it holds, and keeps a mark of each that is finished until
 * the enumerator has settled it: a split that was on its way while a checkpoint was taken is in
 * doubt, and only the reader's state of that checkpoint can tell whether it had arrived.
 */
@Internal
public final class OtapSourceReader<T>
    extends SingleThreadMultiplexSourceReaderBase<CutRecords<T>, T, OtapSplit, OtapSplitState> {

  private final Set<String> unsettled = new HashSet<>();
  private final Map<String, OtapSplit> finished = new LinkedHashMap<>();
  private final List<String> restoredMarks = new ArrayList<>();

  /** Splits of late rows that are not finished. */
  private final Set<String> late = new HashSet<>();

  private final SplitMetricGroups splitMetrics;
  private boolean started;
  private boolean nothingToRead;
  private SplitOutputs<T> outputs;

  public OtapSourceReader(
      Supplier<SplitReader<CutRecords<T>, OtapSplit>> splitReader,
      RecordEmitter<CutRecords<T>, T, OtapSplitState> emitter,
      Configuration configuration,
      SourceReaderContext context) {
    super(splitReader, emitter, configuration, context);
    this.splitMetrics = new SplitMetricGroups(context.metricGroup());
  }

  @Override
  public void start() {
    started = true;
    context.sendSourceEventToCoordinator(new SplitsHeld(List.copyOf(unsettled), true));
    if (!finished.isEmpty()) {
      context.sendSourceEventToCoordinator(new SplitsFinished(List.copyOf(finished.keySet())));
    }
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  public void addSplits(List<OtapSplit> splits) {
    List<OtapSplit> unfinished = new ArrayList<>();
    for (OtapSplit split : splits) {
      unsettled.add(split.splitId());
      if (split.isFinished()) {
        finished.put(split.splitId(), split);
        restoredMarks.add(split.splitId());
      } else {
        unfinished.add(split);
        if (split.plan().isLate()) {
          late.add(split.splitId());
        }
      }
    }
    if (!unfinished.isEmpty()) {
      super.addSplits(unfinished);
      nothingToRead = false;
      showActivity();
    }
    if (started) {
      context.sendSourceEventToCoordinator(
          new SplitsHeld(splits.stream().map(OtapSplit::splitId).toList(), false));
    }
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof SplitsSettled settled) {
      settled.ids().forEach(unsettled::remove);
      settled.ids().forEach(finished::remove);
    } else if (event instanceof NoSplitsNow) {
      nothingToRead = getNumberOfCurrentlyAssignedSplits() == 0;
      showActivity();
    } else {
      super.handleSourceEvents(event);
    }
  }

  /**
   * A reader that waits for a split holds event time back, one for which there is none does not,
   * nor one that has only late rows to read: those have no time.
   */
  private void showActivity() {
    if (outputs == null) {
      return;
    }
    late.forEach(outputs::markSplitIdle);
    if (nothingToRead || !late.isEmpty() && late.size() == getNumberOfCurrentlyAssignedSplits()) {
      outputs.markIdle();
    } else {
      outputs.markActive();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (outputs == null) {
      outputs = new SplitOutputs<>(output);
      // Flink has made an output for each restored split; one that is never read holds event time.
      restoredMarks.forEach(outputs::releaseOutputForSplit);
      restoredMarks.forEach(splitMetrics::strip);
      restoredMarks.clear();
      showActivity();
    }
    return super.pollNext(outputs);
  }

  @Override
  public List<OtapSplit> snapshotState(long checkpointId) {
    List<OtapSplit> state = super.snapshotState(checkpointId);
    state.addAll(finished.values());
    return state;
  }

  @Override
  protected void onSplitFinished(Map<String, OtapSplitState> splits) {
    splits.forEach(
        (id, state) -> {
          if (unsettled.contains(id)) {
            finished.put(id, state.toSplit().finished());
          }
          splitMetrics.strip(id);
        });
    if (late.removeAll(splits.keySet())) {
      showActivity();
    }
    context.sendSourceEventToCoordinator(new SplitsFinished(List.copyOf(splits.keySet())));
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected OtapSplitState initializedState(OtapSplit split) {
    return new OtapSplitState(split);
  }

  @Override
  protected OtapSplit toSplitType(String splitId, OtapSplitState state) {
    return state.toSplit();
  }
}

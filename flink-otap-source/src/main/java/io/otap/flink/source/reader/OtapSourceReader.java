/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.flink.source.split.EventTimeBound;
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
 * Asks for a split when it has fewer than it may have, and reads them one after the other. One
 * split at a time spreads them evenly and in order; with more, the next is there when one ends.
 *
 * <p>Event time waits for each split that the reader has, at its earliest event time. A split has
 * no watermark at its end, as splits that are read later may be older. In a tree that grows, event
 * time also waits for what the enumerator knows of and other readers have, or none: all readers
 * have the same.
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

  private final LastingFetcher<T> fetcher;
  private final SplitMetricGroups splitMetrics;

  private final ReaderEventTime eventTime;

  private final int maxOpen;
  private final boolean tellsEventTime;
  private final AutoCloseable storage;
  private boolean started;

  /** Splits that the enumerator was asked for and has not given. */
  private int asked;

  private boolean noMore;
  private boolean noneForNow;
  private SplitOutputs<T> outputs;

  /**
   * @param maxOpen splits that it may have
   * @param tellsEventTime whether splits announce the earliest time of their records
   * @param follows whether the enumerator tells how far event time may go
   * @param storage what the split readers read from; closing it ends their waiting
   */
  public OtapSourceReader(
      Supplier<SplitReader<CutRecords<T>, OtapSplit>> splitReader,
      RecordEmitter<CutRecords<T>, T, OtapSplitState> emitter,
      int maxOpen,
      boolean tellsEventTime,
      boolean follows,
      AutoCloseable storage,
      Configuration configuration,
      SourceReaderContext context) {
    this(
        new LastingFetcher<>(splitReader, configuration),
        emitter,
        maxOpen,
        tellsEventTime,
        follows,
        storage,
        configuration,
        context);
  }

  private OtapSourceReader(
      LastingFetcher<T> fetcher,
      RecordEmitter<CutRecords<T>, T, OtapSplitState> emitter,
      int maxOpen,
      boolean tellsEventTime,
      boolean follows,
      AutoCloseable storage,
      Configuration configuration,
      SourceReaderContext context) {
    super(fetcher, emitter, configuration, context);
    this.fetcher = fetcher;
    this.splitMetrics = new SplitMetricGroups(context.metricGroup());
    this.maxOpen = maxOpen;
    this.tellsEventTime = tellsEventTime;
    this.eventTime = new ReaderEventTime(follows);
    this.storage = storage;
  }

  @Override
  public void start() {
    started = true;
    context.sendSourceEventToCoordinator(
        new SplitsHeld(List.copyOf(unsettled), eventTime.earliest(), true));
    if (!finished.isEmpty()) {
      context.sendSourceEventToCoordinator(
          new SplitsFinished(List.copyOf(finished.keySet()), eventTime.earliest()));
    }
    askForSplits();
  }

  /** Not after the last: an answer that finds the reader at its end would fail the job. */
  private void askForSplits() {
    while (!noMore && getNumberOfCurrentlyAssignedSplits() + asked < maxOpen) {
      asked++;
      context.sendSplitRequest();
    }
  }

  @Override
  public void notifyNoMoreSplits() {
    noMore = true;
    endFetcher();
    super.notifyNoMoreSplits();
  }

  private void endFetcher() {
    if (noMore && getNumberOfCurrentlyAssignedSplits() == 0) {
      fetcher.done();
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
        } else {
          eventTime.add(split);
        }
      }
    }
    if (!unfinished.isEmpty()) {
      super.addSplits(unfinished);
      noneForNow = false;
      showActivity();
    }
    if (started) {
      asked = Math.max(0, asked - splits.size());
      context.sendSourceEventToCoordinator(
          new SplitsHeld(
              splits.stream().map(OtapSplit::splitId).toList(), eventTime.earliest(), false));
    }
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof SplitsSettled settled) {
      settled.ids().forEach(unsettled::remove);
      settled.ids().forEach(finished::remove);
    } else if (event instanceof NoSplitsNow) {
      noneForNow = true;
      showActivity();
    } else if (event instanceof EventTimeBound told) {
      if (tellsEventTime) {
        eventTime.bound(told.earliest());
        noneForNow = false;
        showActivity();
        tellEventTime();
      }
    } else {
      super.handleSourceEvents(event);
    }
  }

  /**
   * A reader that waits for a split is active, as event time is told or waits. It is idle when it
   * has been told that there is nothing, or, where others make the watermarks, when it has only
   * late rows to read: those have no time. That it is active is told before a split is idle: Flink
   * takes a reader for idle that has told nothing but that, and a task downstream would go on
   * without it.
   */
  private void showActivity() {
    if (outputs == null) {
      return;
    }
    int splits = getNumberOfCurrentlyAssignedSplits();
    boolean onlyLate = splits > 0 && splits == late.size();
    if (splits == 0 && noneForNow || onlyLate && !tellsEventTime) {
      outputs.markIdle();
    } else {
      outputs.markActive();
    }
    late.forEach(outputs::markSplitIdle);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (outputs == null) {
      outputs = new SplitOutputs<>(output);
      showActivity();
      // Flink has made an output for each restored split; one that is never read holds event time.
      restoredMarks.forEach(outputs::releaseOutputForSplit);
      restoredMarks.forEach(splitMetrics::strip);
      restoredMarks.clear();
    }
    tellEventTime();
    return super.pollNext(outputs);
  }

  private void tellEventTime() {
    if (tellsEventTime && outputs != null) {
      eventTime.tell(outputs);
    }
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
    late.removeAll(splits.keySet());
    eventTime.remove(splits.keySet());
    context.sendSourceEventToCoordinator(
        new SplitsFinished(List.copyOf(splits.keySet()), eventTime.earliest()));
    askForSplits();
    endFetcher();
    showActivity();
  }

  @Override
  public void close() throws Exception {
    storage.close();
    super.close();
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

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.follow.FollowCounts;
import io.otap.core.follow.SeenFiles;
import io.otap.core.storage.Storage;
import io.otap.flink.source.metrics.ErrorCounters;
import io.otap.flink.source.metrics.SourceMetric;
import io.otap.flink.source.problem.AfterRead;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.SplitsFinished;
import io.otap.flink.source.split.SplitsHeld;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows trees that grow. What is slow runs in Flink's worker thread and hands over what it found,
 * splits and the files that they come from together, so that each state holds both or neither.
 */
@Internal
public final class ContinuousSplitEnumerator
    implements SplitEnumerator<OtapSplit, OtapEnumeratorState>,
        SupportsHandleExecutionAttemptSourceEvent {

  private static final Logger LOG = LoggerFactory.getLogger(ContinuousSplitEnumerator.class);

  /** What may be otherwise at the next listing. */
  private static final Set<OtapErrorKind> PASSING =
      EnumSet.of(OtapErrorKind.IO, OtapErrorKind.MISSING_FILE, OtapErrorKind.DISCOVERY);

  private final SplitEnumeratorContext<OtapSplit> context;
  private final FollowSettings settings;
  private final Discovery discovery;
  private final SplitDispenser splits;
  private final ErrorCounters errors;
  private final Map<String, SeenFiles> seen = new LinkedHashMap<>();
  private final OpenSplits open;
  private final RecordedRemovals removals;
  private final EventTimeFrontier eventTime;
  private final LongSupplier steadyMillis = steadyMillis();
  private final Set<Integer> started = new HashSet<>();
  private boolean listed;
  private boolean exhausted = true;
  private boolean releasing;
  private int failures;

  /** The last step of the worker that was taken. */
  private long lastTaken;

  /** Splits that may be released; read by the worker. */
  private volatile int room;

  /** Files that must stay, null for all; read by the worker. */
  private volatile Discovery.Needed needed;

  private volatile FollowCounts counts = FollowCounts.NONE;
  private volatile long lastListing;

  /**
   * @param bases the trees
   * @param tellsEventTime whether watermarks come from the times of splits; else a reader without a
   *     split is idle
   */
  public ContinuousSplitEnumerator(
      SplitEnumeratorContext<OtapSplit> context,
      Storage storage,
      Collection<String> bases,
      FollowSettings settings,
      CorruptFiles corrupt,
      AfterRead afterRead,
      boolean tellsEventTime,
      OtapEnumeratorState state) {
    this.context = context;
    this.settings = settings;
    this.listed = state.planned();
    Map<String, SeenFiles> discovered = new LinkedHashMap<>();
    for (String base : bases) {
      SeenFiles files = state.seen().getOrDefault(base, new SeenFiles());
      seen.put(base, files.copy());
      discovered.put(base, files.copy());
    }
    this.errors = new ErrorCounters(SourceMetric.ENUMERATOR_ERRORS, context.metricGroup());
    this.discovery =
        new Discovery(
            storage,
            discovered,
            !state.planned(),
            settings,
            corrupt,
            afterRead,
            errors::count,
            steadyMillis);
    this.splits = new SplitDispenser(context, state.unassigned(), state.inDoubt(), !tellsEventTime);
    this.eventTime = new EventTimeFrontier(context, settings.idleAfter());
    eventTime.add(state.unassigned());
    eventTime.add(state.inDoubt());
    this.open = new OpenSplits(settings.retained());
    open.add(state.unassigned());
    open.add(state.inDoubt());
    this.removals = new RecordedRemovals(settings.retained(), seen);
    EnumeratorGauges.register(
        context.metricGroup(), () -> counts, () -> failures, () -> lastListing);
  }

  @Override
  public void start() {
    measureRoom();
    lastListing = System.currentTimeMillis();
    context.callAsync(
        () -> discovery.discover(room, needed),
        this::discovered,
        0,
        settings.interval().toMillis());
  }

  @Override
  public void handleSplitRequest(int subtask, String hostname) {
    splits.requested(subtask);
    releaseMore();
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    if (event instanceof SplitsFinished finished) {
      open.finished(finished.ids());
      eventTime.held(subtask, finished.ids(), finished.earliest());
    } else if (event instanceof SplitsHeld held) {
      if (held.restored()) {
        open.held(held.ids());
        started.add(subtask);
      }
      List<OtapSplit> again = splits.held(subtask, held);
      open.reopened(again);
      eventTime.add(again);
      eventTime.held(subtask, held.ids(), held.earliest());
    }
  }

  @Override
  public void handleSourceEvent(int subtask, int attempt, SourceEvent event) {
    handleSourceEvent(subtask, event);
  }

  @Override
  public void addSplitsBack(List<OtapSplit> givenBack, int subtask) {
    started.remove(subtask);
    open.reopened(givenBack);
    eventTime.reset(subtask);
    splits.reset(subtask, givenBack);
  }

  @Override
  public void addReader(int subtask) {
    // Readers ask for splits; there is nothing to do before they do.
  }

  @Override
  public OtapEnumeratorState snapshotState(long checkpointId) {
    open.snapshot(checkpointId);
    removals.snapshot(checkpointId, seen);
    Map<String, SeenFiles> copies = new LinkedHashMap<>();
    seen.forEach((base, files) -> copies.put(base, files.copy()));
    return new OtapEnumeratorState(
        listed, splits.unassigned(), splits.inDoubt(checkpointId), copies);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    splits.checkpointComplete(checkpointId);
    open.complete(checkpointId);
    removals.complete(checkpointId);
    // Until all readers have told what they hold, any file can be needed.
    Set<String> files = started.size() < context.currentParallelism() ? null : open.neededFiles();
    needed =
        files == null ? null : new Discovery.Needed(files, lastTaken, removals.inAllCheckpoints());
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  /** Milliseconds since 1970, without the jumps of the system's clock while the job runs. */
  private static LongSupplier steadyMillis() {
    long offset = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
    return () -> System.nanoTime() / 1_000_000 + offset;
  }

  private void discovered(Discovery.Found found, Throwable failure) {
    if (failure == null) {
      failures = 0;
      listed = true;
      lastListing = System.currentTimeMillis();
      take(found);
      return;
    }
    failures++;
    errors.count(failure);
    if (!isPassing(failure) || failures > settings.failures()) {
      throw new FlinkRuntimeException(
          failures > 1
              ? "The OTAP source could not list its trees " + failures + " times in a row."
              : "The OTAP source cannot go on.",
          failure);
    }
    LOG.warn(
        "Listing failed ({} of at most {} times in a row); it is tried again.",
        failures,
        settings.failures(),
        failure);
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof OtapException known
        ? PASSING.contains(known.kind())
        : failure instanceof IOException;
  }

  private void released(Discovery.Found found, Throwable failure) {
    releasing = false;
    if (failure != null) {
      throw new FlinkRuntimeException("The OTAP source could not plan its splits.", failure);
    }
    take(found);
  }

  private void take(Discovery.Found found) {
    found
        .changes()
        .forEach((base, changes) -> changes.forEach(change -> change.applyTo(seen.get(base))));
    counts = found.counts();
    exhausted = found.exhausted();
    lastTaken = found.number();
    open.add(found.splits());
    eventTime.add(found.splits());
    splits.add(found.splits());
    eventTime.listed(found.unreleased(), steadyMillis.getAsLong());
    releaseMore();
  }

  /** Root files that wait need not wait for the next listing when there is room. */
  private void releaseMore() {
    measureRoom();
    if (!exhausted && !releasing && room > capacity() / 2) {
      releasing = true;
      context.callAsync(() -> discovery.release(room), this::released);
    }
  }

  private void measureRoom() {
    room = Math.max(0, capacity() - splits.pending());
  }

  /** Splits that may wait for readers. */
  private int capacity() {
    return settings.pendingSplits() * context.currentParallelism();
  }
}

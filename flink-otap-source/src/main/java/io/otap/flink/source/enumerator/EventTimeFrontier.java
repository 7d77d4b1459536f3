/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.flink.source.split.EventTimeBound;
import io.otap.flink.source.split.NoSplitsNow;
import io.otap.flink.source.split.OtapSplit;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * How far event time may go in trees that grow: to the earliest time of anything that is known and
 * not yet read, wherever it is. All readers are told the same, also those that have nothing to
 * read. If these were idle, a downstream task could see the later files of a busy reader before it
 * hears that an idle one has begun an earlier file, whose records would be late.
 *
 * <p>It never falls: records of a file that appears when event time has passed them are late.
 */
final class EventTimeFrontier {

  /** Nothing is known to come. */
  private static final long NONE = Long.MAX_VALUE;

  private final SplitEnumeratorContext<OtapSplit> context;
  private final Duration idleAfter;

  /** Begins of the splits that no reader is known to hold. */
  private final Map<String, Long> pending = new HashMap<>();

  /** By reader, when what it holds begins; without those that have not told since they started. */
  private final Map<Integer, Long> held = new HashMap<>();

  /** What readers were told. */
  private final Map<Integer, Long> told = new HashMap<>();

  private boolean listed;
  private long unreleased = NONE;
  private long latestBegin = Long.MIN_VALUE;
  private long frontier = Long.MIN_VALUE;
  private long nothingSince = NONE;
  private boolean idle;

  /**
   * @param idleAfter how long there must be nothing to read until event time of other sources goes
   *     on without this one; null if it never does
   */
  EventTimeFrontier(SplitEnumeratorContext<OtapSplit> context, Duration idleAfter) {
    this.context = context;
    this.idleAfter = idleAfter;
  }

  /** Splits wait for readers. To be called before a reader is given any of them. */
  void add(Collection<OtapSplit> splits) {
    for (OtapSplit split : splits) {
      if (!split.plan().isLate()) {
        pending.put(split.splitId(), split.plan().earliest());
        latestBegin = Math.max(latestBegin, split.plan().earliest());
      }
    }
    wake();
  }

  /**
   * A tree was listed.
   *
   * @param unreleased when the root files begin that wait for more; the largest number if none does
   * @param now milliseconds
   */
  void listed(long unreleased, long now) {
    listed = true;
    this.unreleased = unreleased;
    wake();
    advance();
    rest(now);
  }

  /** A reader tells when what it holds begins, and that it has these splits. */
  void held(int subtask, Collection<String> ids, long earliest) {
    pending.keySet().removeAll(ids);
    held.put(subtask, earliest);
    if (earliest != NONE) {
      latestBegin = Math.max(latestBegin, earliest);
    }
    wake();
    advance();
  }

  /** A reader has failed; what it holds is not known until it tells. */
  void reset(int subtask) {
    held.remove(subtask);
    told.remove(subtask);
  }

  private long earliest() {
    return Stream.of(pending, held)
        .flatMap(begins -> begins.values().stream())
        .reduce(unreleased, Math::min);
  }

  private void advance() {
    if (!listed || held.size() < context.currentParallelism()) {
      return;
    }
    long earliest = earliest();
    frontier = Math.max(frontier, earliest == NONE ? latestBegin : earliest);
    if (frontier != Long.MIN_VALUE) {
      tell();
    }
  }

  private void tell() {
    for (int subtask : held.keySet()) {
      if (told.getOrDefault(subtask, Long.MIN_VALUE) < frontier) {
        told.put(subtask, frontier);
        send(subtask, new EventTimeBound(frontier));
      }
    }
  }

  private void rest(long now) {
    if (earliest() != NONE || held.size() < context.currentParallelism()) {
      nothingSince = NONE;
      return;
    }
    nothingSince = Math.min(nothingSince, now);
    if (!idle && idleAfter != null && now - nothingSince >= idleAfter.toMillis()) {
      idle = true;
      held.keySet().forEach(subtask -> send(subtask, new NoSplitsNow()));
    }
  }

  private void wake() {
    if (idle && earliest() != NONE) {
      idle = false;
      told.clear();
      tell();
    }
  }

  private void send(int subtask, SourceEvent event) {
    if (context.registeredReaders().containsKey(subtask)) {
      context.sendEventToSourceReader(subtask, event);
    }
  }
}

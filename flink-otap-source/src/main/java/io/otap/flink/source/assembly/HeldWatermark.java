/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import java.util.TreeMap;

/** Keeps a watermark below the event times of what waits. */
final class HeldWatermark {

  private final TreeMap<Long, Integer> waiting = new TreeMap<>();
  private long arrived = Long.MIN_VALUE;
  private long passedOn = Long.MIN_VALUE;

  /** Something of this event time waits. */
  void hold(long eventTime) {
    waiting.merge(eventTime, 1, Integer::sum);
  }

  /** Something of this event time, held before, waits no longer. */
  void release(long eventTime) {
    waiting.merge(eventTime, -1, (a, b) -> a + b == 0 ? null : a + b);
  }

  void arrive(long watermark) {
    arrived = Math.max(arrived, watermark);
  }

  /** Whether the watermark has risen since this was asked last; then {@link #current} is to go. */
  boolean rises() {
    long bound = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey() - 1;
    long next = Math.min(arrived, bound);
    boolean rises = next > passedOn;
    passedOn = Math.max(passedOn, next);
    return rises;
  }

  long current() {
    return passedOn;
  }
}

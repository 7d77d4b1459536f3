/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.pace;

import io.otap.core.batch.OtapBatch;
import org.apache.flink.api.common.functions.FlatMapFunction;

/**
 * Holds batches back. Works in one subtask; it waits while it has a batch in its hands, so that
 * batches have to be small where checkpoints have to be quick.
 */
public sealed interface Pace extends FlatMapFunction<OtapBatch, OtapBatch>
    permits RecordRate, EventTimeSpeed {

  /** So many records in a second, of all signals together. */
  static Pace records(long perSecond) {
    return new RecordRate(perSecond, Clock.SYSTEM);
  }

  /**
   * As fast as the records came, by their event time.
   *
   * @param factor how many times as fast
   */
  static Pace eventTime(double factor) {
    return new EventTimeSpeed(factor, Clock.SYSTEM);
  }

  /** Records of a batch that this pace wants. */
  int batchSize();

  /** Whether records have to come in the order of their times, so far as the source can. */
  boolean needsOrder();
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.error.OtapException;
import io.otap.flink.sink.grpc.SendWindow;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The account of all batches of a writer, and what becomes of them. */
final class Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final SendWindow window;
  private final int maxUnanswered;
  private final OtapGrpcMetrics metrics;
  private final OtapRefusals refusals;
  private final DeadLetters deadLetters;
  private int unanswered;
  private OtapException failure;

  /**
   * @param maxUnanswered messages that may be on all streams at once
   * @param deadLetters null if what is not taken is a failure
   */
  Delivery(
      SendWindow window,
      int maxUnanswered,
      OtapGrpcMetrics metrics,
      OtapRefusals refusals,
      DeadLetters deadLetters) {
    this.window = window;
    this.maxUnanswered = maxUnanswered;
    this.metrics = metrics;
    this.refusals = refusals;
    this.deadLetters = deadLetters;
  }

  /** Whether one more message may be sent. */
  boolean maySend() {
    return failure == null && unanswered < maxUnanswered;
  }

  void sent() {
    unanswered++;
  }

  /** Messages were answered, or their stream ended. */
  void settled(int messages) {
    unanswered -= messages;
  }

  void taken(PendingBatch batch, long now) {
    window.leave(batch.size());
    metrics.taken(batch, now);
  }

  /** The batch in two; both stay in the window. */
  List<PendingBatch> cut(PendingBatch batch) {
    window.cut();
    return batch.halves();
  }

  /**
   * The batch will never be taken.
   *
   * @param sentence why
   */
  void notTaken(PendingBatch batch, String sentence) throws OtapException {
    metrics.notTaken(batch);
    if (deadLetters == null) {
      throw fail(refusals.fatal(sentence));
    }
    try {
      deadLetters.add(batch.batch());
    } catch (OtapException e) {
      throw fail(e);
    }
    window.leave(batch.size());
    metrics.deadLetter(batch);
    LOG.warn("{}; it was put aside in {}", sentence, deadLetters.folder());
  }

  /** Lets the task fail, whether it waits or works elsewhere. */
  OtapException fail(OtapException cause) {
    if (failure == null) {
      failure = cause;
    }
    return failure;
  }

  void throwFailure() throws OtapException {
    if (failure != null) {
      throw failure;
    }
  }
}

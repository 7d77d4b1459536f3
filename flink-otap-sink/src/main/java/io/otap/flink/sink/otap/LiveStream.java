/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.wire.OtapStreamEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream with its encoder, and the batches on it that are not answered. */
final class LiveStream {

  private final OtapStreamEncoder encoder;
  private final long renewAt;
  private final Map<Long, PendingBatch> unanswered = new LinkedHashMap<>();
  private OtapStream stream;
  private boolean watched;
  private boolean over;

  /**
   * @param renewAt when it should get no more batches, milliseconds
   */
  LiveStream(OtapStreamEncoder encoder, long renewAt) {
    this.encoder = encoder;
    this.renewAt = renewAt;
  }

  void begin(OtapStream begun) {
    stream = begun;
  }

  /** Sends a batch as one message, unless that would be too large. */
  boolean send(PendingBatch batch, long now) throws OtapException {
    Optional<BatchArrowRecords> message = encoder.encodeWhole(batch.batch());
    if (message.isEmpty()) {
      return false;
    }
    batch.sent(message.get().getSerializedSize(), now);
    unanswered.put(message.get().getBatchId(), batch);
    stream.send(message.get());
    return true;
  }

  /** The batch that an answer is about, or null if there is none. */
  PendingBatch answered(long batchId) {
    return unanswered.remove(batchId);
  }

  void halfClose() {
    stream.halfClose();
  }

  void cancel(String reason) {
    stream.cancel(reason);
  }

  /** Ends it here; returns the batches that were not answered, the oldest first. */
  List<PendingBatch> end() {
    over = true;
    List<PendingBatch> left = new ArrayList<>(unanswered.values());
    unanswered.clear();
    return left;
  }

  boolean isOver() {
    return over;
  }

  boolean isOld(long now) {
    return now >= renewAt;
  }

  boolean isQuiet() {
    return unanswered.isEmpty();
  }

  /** When the batch was sent that waits longest; only if it is not quiet. */
  long oldestSentAt() {
    return unanswered.values().iterator().next().sentAt();
  }

  long omittedRows() {
    return encoder.omittedRows();
  }

  int expectedMessages(OtapBatch batch) {
    return encoder.expectedMessages(batch);
  }

  boolean isWatched() {
    return watched;
  }

  void setWatched(boolean watched) {
    this.watched = watched;
  }
}

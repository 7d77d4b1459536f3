/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import java.util.List;
import java.util.Locale;

/** A batch from its entry into the window to the moment when its fate is known. */
final class PendingBatch {

  private final OtapBatch batch;
  private final long size;
  private int attempts;
  private long firstSentAt;
  private long sentAt;
  private int messageBytes;
  private boolean unanswered;
  private int suspicions;

  /**
   * @param size bytes that it takes of the window
   */
  PendingBatch(OtapBatch batch, long size) {
    this.batch = batch;
    this.size = size;
  }

  /**
   * @param now milliseconds
   */
  void sent(int bytes, long now) {
    if (attempts++ == 0) {
      firstSentAt = now;
    }
    sentAt = now;
    messageBytes = bytes;
    unanswered = false;
  }

  /** Its stream has ended without a word on it: the receiver has it, or not. */
  void leftUnanswered() {
    unanswered = true;
  }

  /** Its stream has ended over it, as it seems; returns how often that was so. */
  int suspect() {
    return ++suspicions;
  }

  /** Its records in two batches, which share its size, with what is known of it. */
  List<PendingBatch> halves() {
    int middle = batch.rows() / 2;
    long half = size / 2;
    return List.of(
        part(batch.filter(row -> row < middle), half),
        part(batch.filter(row -> row >= middle), size - half));
  }

  private PendingBatch part(OtapBatch rows, long share) {
    PendingBatch part = new PendingBatch(rows, share);
    part.attempts = attempts;
    part.firstSentAt = firstSentAt;
    part.sentAt = sentAt;
    part.unanswered = unanswered;
    return part;
  }

  OtapBatch batch() {
    return batch;
  }

  Signal signal() {
    return batch.signal();
  }

  int records() {
    return batch.rows();
  }

  long size() {
    return size;
  }

  int messageBytes() {
    return messageBytes;
  }

  int attempts() {
    return attempts;
  }

  long firstSentAt() {
    return firstSentAt;
  }

  long sentAt() {
    return sentAt;
  }

  boolean isUnanswered() {
    return unanswered;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "a batch of %,d %s (message of %,d bytes)",
        records(),
        signal() == Signal.TRACES ? "spans" : signal().id(),
        messageBytes);
  }
}

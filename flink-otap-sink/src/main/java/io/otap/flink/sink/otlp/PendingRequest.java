/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.model.Signal;
import java.util.Locale;

/** A request on its way, from its first attempt to its acknowledgement. */
final class PendingRequest {

  private final Signal signal;
  private final byte[] bytes;
  private final int records;
  private final long firstSentAt;
  private long sentAt;
  private int attempts;

  /**
   * @param now milliseconds
   */
  PendingRequest(Signal signal, byte[] bytes, int records, long now) {
    this.signal = signal;
    this.bytes = bytes;
    this.records = records;
    this.firstSentAt = now;
  }

  void startAttempt(long now) {
    sentAt = now;
    attempts++;
  }

  Signal signal() {
    return signal;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return bytes.length;
  }

  int records() {
    return records;
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

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "a request of %,d %s (%,d bytes)", records, noun(), bytes.length);
  }

  private String noun() {
    return signal == Signal.TRACES ? "spans" : signal.id();
  }
}

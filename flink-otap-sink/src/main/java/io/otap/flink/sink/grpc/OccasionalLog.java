/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import org.apache.flink.annotation.Internal;
import org.slf4j.Logger;

/** Warnings that may come with every request: one in ten seconds, with how many were left out. */
@Internal
public final class OccasionalLog {

  private static final long PAUSE_MILLIS = 10_000;

  private final Logger log;
  private boolean logged;
  private long loggedAt;
  private long leftOut;

  public OccasionalLog(Logger log) {
    this.log = log;
  }

  public void warn(long now, String sentence) {
    if (logged && now - loggedAt < PAUSE_MILLIS) {
      leftOut++;
      return;
    }
    log.warn("{}{}", sentence, leftOut == 0 ? "" : " (and " + leftOut + " more like it)");
    logged = true;
    loggedAt = now;
    leftOut = 0;
  }
}

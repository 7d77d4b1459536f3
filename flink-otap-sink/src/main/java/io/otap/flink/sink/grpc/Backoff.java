/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.util.function.DoubleSupplier;
import org.apache.flink.annotation.Internal;

/**
 * Pauses between attempts: they double up to a bound, and are drawn at random so that senders that
 * failed together do not come back together.
 */
@Internal
public final class Backoff {

  /** How much longer than asked for by the receiver a pause may be. */
  private static final double BEYOND_HINT = 0.2;

  private final RetrySettings settings;
  private final DoubleSupplier random;

  /**
   * @param random numbers from 0 to 1
   */
  public Backoff(RetrySettings settings, DoubleSupplier random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * Milliseconds to wait: between half of what the attempt's turn allows and all of it; never less
   * than the receiver asks for.
   *
   * @param failed attempts that failed so far, from 1
   * @param hintMillis what the receiver asks for, or -1
   */
  public long millis(int failed, long hintMillis) {
    double longest =
        Math.min(
            settings.maxBackoff().toMillis(),
            settings.initialBackoff().toMillis() * Math.pow(2, failed - 1));
    long own = Math.round(longest * (0.5 + 0.5 * random.getAsDouble()));
    if (hintMillis < 0) {
      return own;
    }
    return Math.max(own, Math.round(hintMillis * (1 + BEYOND_HINT * random.getAsDouble())));
  }
}

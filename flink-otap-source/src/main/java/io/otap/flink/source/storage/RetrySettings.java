/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How long to try to read or list.
 *
 * @param maxAttempts of one read or listing, the first among them
 * @param initialBackoff longest pause before the second attempt; it doubles with every attempt
 * @param maxBackoff longest pause
 * @param deadline from the first attempt to the beginning of the last
 */
@Internal
public record RetrySettings(
    int maxAttempts, Duration initialBackoff, Duration maxBackoff, Duration deadline) {

  /**
   * Milliseconds to wait: between half of what the attempt's turn allows and all of it, so that
   * readers that failed together do not come back together.
   *
   * @param failed attempts that failed so far, from 1
   * @param random from 0 to 1
   */
  long pauseMillis(int failed, double random) {
    double longest =
        Math.min(maxBackoff.toMillis(), initialBackoff.toMillis() * Math.pow(2, failed - 1));
    return Math.round(longest * (0.5 + 0.5 * random));
  }
}

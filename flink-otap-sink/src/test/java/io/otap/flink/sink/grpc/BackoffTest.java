/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final RetrySettings SETTINGS =
      new RetrySettings(
          100, Duration.ofMillis(100), Duration.ofMillis(5000), Duration.ofMinutes(10));

  @Test
  void pausesDoubleUpToTheBound() {
    Backoff longest = new Backoff(SETTINGS, () -> 1);
    assertThat(IntStream.of(1, 2, 3, 6, 7, 8, 100, 10_000).mapToLong(i -> longest.millis(i, -1)))
        .containsExactly(100L, 200L, 400L, 3200L, 5000L, 5000L, 5000L, 5000L);
    Backoff shortest = new Backoff(SETTINGS, () -> 0);
    assertThat(IntStream.of(1, 2, 100).mapToLong(i -> shortest.millis(i, -1)))
        .containsExactly(50L, 100L, 2500L);
  }

  @Test
  void pausesAreSpread() {
    Random random = new Random(7);
    Backoff backoff = new Backoff(SETTINGS, random::nextDouble);
    assertThat(IntStream.range(0, 1000).mapToLong(i -> backoff.millis(7, -1)))
        .allSatisfy(pause -> assertThat(pause).isBetween(2500L, 5000L))
        .anyMatch(pause -> pause < 2700)
        .anyMatch(pause -> pause > 4800);
  }

  @Test
  void theReceiversWishIsTheLeast() {
    Random random = new Random(7);
    Backoff backoff = new Backoff(SETTINGS, random::nextDouble);
    assertThat(IntStream.range(0, 1000).mapToLong(i -> backoff.millis(1, 60_000)))
        .allSatisfy(pause -> assertThat(pause).isBetween(60_000L, 72_000L))
        .anyMatch(pause -> pause > 70_000);
    assertThat(backoff.millis(7, 10)).isGreaterThanOrEqualTo(2500);
  }
}

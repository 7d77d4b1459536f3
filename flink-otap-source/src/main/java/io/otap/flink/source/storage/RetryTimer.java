/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time between attempts. For several threads. */
interface RetryTimer {

  /** Nanoseconds since some moment. */
  long nanos();

  /**
   * Waits.
   *
   * @return whether there is to be another attempt
   */
  boolean pause(long millis) throws InterruptedException;

  /** Ends all pauses, those to come included. */
  void end();

  /** The time that really passes. */
  static RetryTimer real() {
    CountDownLatch ended = new CountDownLatch(1);
    return new RetryTimer() {

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public boolean pause(long millis) throws InterruptedException {
        return !ended.await(millis, TimeUnit.MILLISECONDS);
      }

      @Override
      public void end() {
        ended.countDown();
      }
    };
  }
}

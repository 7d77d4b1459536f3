/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.pace;

/** Time that passes when somebody sleeps, and notes that it did. */
final class ManualClock implements Clock {

  private static final long serialVersionUID = 1L;

  private long now = -5_000_000_000L;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void sleep(long nanos) {
    now += Math.max(0, nanos);
  }

  /** Time that passes elsewhere. */
  void pass(long nanos) {
    now += nanos;
  }
}

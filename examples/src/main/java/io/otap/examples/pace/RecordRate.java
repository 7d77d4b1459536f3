/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.pace;

import io.otap.core.batch.OtapBatch;
import org.apache.flink.util.Collector;

/** So many records in a second. */
final class RecordRate implements Pace {

  private static final long serialVersionUID = 1L;
  private static final long SECOND = 1_000_000_000;

  /** How much of the time in which nothing came is made up for. */
  private static final long CREDIT = SECOND / 10;

  private static final int PIECES_PER_SECOND = 4;
  private static final int LARGEST = 8192;

  private final long perSecond;
  private final Clock clock;

  private transient boolean begun;
  private transient long due;

  RecordRate(long perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  @Override
  public void flatMap(OtapBatch batch, Collector<OtapBatch> out) throws InterruptedException {
    long now = clock.nanos();
    if (!begun) {
      begun = true;
      due = now;
    }
    clock.sleep(due - now);
    due = Math.max(due, clock.nanos() - CREDIT) + batch.rows() * SECOND / perSecond;
    out.collect(batch);
  }

  @Override
  public int batchSize() {
    return (int) Math.max(1, Math.min(LARGEST, perSecond / PIECES_PER_SECOND));
  }

  @Override
  public boolean needsOrder() {
    return false;
  }
}

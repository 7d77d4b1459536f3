/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.pace;

import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import java.util.BitSet;
import org.apache.flink.util.Collector;

/**
 * Each record when its time has come: as long after the first record as its event time is after
 * that of the first, divided by a factor. Records with no time or an earlier one go at once. What
 * is due at nearly the same time goes in one batch.
 */
final class EventTimeSpeed implements Pace {

  private static final long serialVersionUID = 1L;

  /** Pieces of one batch are no closer than that. */
  private static final long TICK = 100_000_000;

  private static final int BATCH = 128;

  private final double factor;
  private final Clock clock;

  private transient boolean begun;
  private transient long start;
  private transient long first;

  EventTimeSpeed(double factor, Clock clock) {
    this.factor = factor;
    this.clock = clock;
  }

  @Override
  public void flatMap(OtapBatch batch, Collector<OtapBatch> out)
      throws OtapException, InterruptedException {
    long[] times = EventTime.nanos(batch);
    BitSet held = new BitSet(times.length);
    held.set(0, times.length);
    begin(times, held);
    while (true) {
      BitSet due = due(times, held);
      if (due.cardinality() == batch.rows()) {
        out.collect(batch);
      } else if (!due.isEmpty()) {
        out.collect(batch.filter(due::get));
      }
      held.andNot(due);
      if (held.isEmpty()) {
        return;
      }
      long wait = until(smallest(times, held));
      clock.sleep(due.isEmpty() ? wait : Math.max(TICK, wait));
    }
  }

  private void begin(long[] times, BitSet rows) {
    long smallest = smallest(times, rows);
    if (!begun && smallest != 0) {
      begun = true;
      start = clock.nanos();
      first = smallest;
    }
  }

  private BitSet due(long[] times, BitSet held) {
    BitSet due = new BitSet(times.length);
    held.stream().filter(row -> times[row] == 0 || until(times[row]) <= 0).forEach(due::set);
    return due;
  }

  /** Nanoseconds until a record of this time is due. */
  private long until(long time) {
    return (long) ((time - first) / factor) - (clock.nanos() - start);
  }

  /** Zero if no record has a time. Times are unsigned, but their differences are not. */
  private static long smallest(long[] times, BitSet rows) {
    return rows.stream()
        .mapToLong(row -> times[row])
        .filter(time -> time != 0)
        .reduce((a, b) -> Long.compareUnsigned(a, b) <= 0 ? a : b)
        .orElse(0);
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public boolean needsOrder() {
    return true;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import org.apache.flink.table.data.TimestampData;

/** Nanoseconds since 1970, unsigned, as SQL's times. */
final class Times {

  /** The event time of what has no time: Flink fails over time attributes that are null. */
  static final TimestampData EPOCH = TimestampData.fromEpochMillis(0);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private Times() {}

  /** Null for 0, which is no time. */
  static TimestampData nanos(long nanos) {
    return nanos == 0
        ? null
        : TimestampData.fromEpochMillis(
            Long.divideUnsigned(nanos, NANOS_PER_MILLI),
            (int) Long.remainderUnsigned(nanos, NANOS_PER_MILLI));
  }

  /** To the millisecond. 0, which is no time, is the first of 1970. */
  static TimestampData millis(long nanos) {
    return nanos == 0
        ? EPOCH
        : TimestampData.fromEpochMillis(Long.divideUnsigned(nanos, NANOS_PER_MILLI));
  }
}

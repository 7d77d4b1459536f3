/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import org.apache.flink.table.data.TimestampData;

/** Nanoseconds since 1970, unsigned, as SQL's times. */
final class Times {

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

  /** To the millisecond. Null for 0, which is no time. */
  static TimestampData millis(long nanos) {
    return nanos == 0
        ? null
        : TimestampData.fromEpochMillis(Long.divideUnsigned(nanos, NANOS_PER_MILLI));
  }
}

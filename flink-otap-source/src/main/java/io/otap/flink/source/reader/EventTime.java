/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.OptionalLong;

/** When the telemetry of a batch happened. A time of 0 is none. */
final class EventTime {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private EventTime() {}

  /**
   * The smallest event time: of logs their own, else when they were observed; of spans their start;
   * of metrics that of their points.
   */
  static OptionalLong smallestMillis(OtapBatch batch) {
    long min = 0;
    if (batch.signal() == Signal.METRICS) {
      for (PayloadType type : Signal.METRICS.root().children()) {
        if (type.eventTime() != null) {
          min = earlier(min, smallest(batch.table(type)));
        }
      }
    } else {
      min = smallest(batch.root());
    }
    return min == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Long.divideUnsigned(min, NANOS_PER_MILLI));
  }

  private static long smallest(OtapTable table) {
    LongVector times = table.longVector(table.type().eventTime().path());
    LongVector others =
        table.type().has("observed_time_unix_nano")
            ? table.longVector("observed_time_unix_nano")
            : null;
    long min = 0;
    for (int row = 0; row < table.rows(); row++) {
      long time = times == null ? 0 : times.get(row);
      if (time == 0 && others != null) {
        time = others.get(row);
      }
      min = earlier(min, time);
    }
    return min;
  }

  private static long earlier(long a, long b) {
    if (a == 0 || b == 0) {
      return a == 0 ? b : a;
    }
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }
}

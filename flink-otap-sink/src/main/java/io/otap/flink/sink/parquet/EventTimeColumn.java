/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A column of the event time, in UTC.
 *
 * @param part what of the time it says
 */
record EventTimeColumn(String name, Part part) implements PartitionColumn {

  private static final long HOUR = 3_600_000_000_000L;

  enum Part {
    DATE,
    HOUR
  }

  @Override
  public String[] values(OtapBatch batch) throws IOException {
    long[] nanos = EventTime.nanos(batch);
    String[] values = new String[nanos.length];
    long last = -1;
    String text = null;
    for (int row = 0; row < nanos.length; row++) {
      if (nanos[row] != 0) {
        long hour = Long.divideUnsigned(nanos[row], HOUR);
        if (hour != last) {
          last = hour;
          text = text(hour);
        }
        values[row] = text;
      }
    }
    return values;
  }

  private String text(long hour) {
    return switch (part) {
      case DATE -> LocalDate.ofEpochDay(hour / 24).toString();
      case HOUR -> String.format(Locale.ROOT, "%02d", hour % 24);
    };
  }
}

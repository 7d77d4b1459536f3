/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * When telemetry happened: a log at its own time, else when it was observed; a span at its start; a
 * metric with its points. A time of 0 is none.
 */
@Internal
public final class EventTime {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private EventTime() {}

  /** The smallest event time of a batch. */
  public static OptionalLong smallestMillis(OtapBatch batch) {
    return smallestMillis(batch.signal(), batch.tables());
  }

  /** The smallest event time of rows of these tables. */
  public static OptionalLong smallestMillis(Signal signal, Collection<OtapTable> tables) {
    long min = 0;
    for (OtapTable table : tables) {
      if (isTimed(signal, table.type())) {
        min = earlier(min, smallest(table));
      }
    }
    return min == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Long.divideUnsigned(min, NANOS_PER_MILLI));
  }

  /** The event time of a row of logs, spans or points in nanoseconds, unsigned; 0 for none. */
  public static long nanos(OtapTable table, int row) {
    return nanos(times(table), observed(table), row);
  }

  /**
   * The event time of each record in nanoseconds, unsigned; 0 for none. That of a metric is the
   * smallest of its points.
   */
  public static long[] nanos(OtapBatch batch) throws OtapException {
    long[] out = new long[batch.rows()];
    if (batch.signal() != Signal.METRICS) {
      for (int row = 0; row < out.length; row++) {
        out[row] = nanos(batch.root(), row);
      }
      return out;
    }
    IntVector ids = (IntVector) batch.root().vector(batch.signal().root().id());
    for (OtapTable points : batch.tables()) {
      if (isTimed(batch.signal(), points.type())) {
        ChildRows children = ChildRows.of(points);
        LongVector times = times(points);
        for (int row = 0; row < out.length; row++) {
          int id = Cells.id(ids, row);
          for (int at = children.start(id); at < children.end(id); at++) {
            out[row] = earlier(out[row], nanos(times, null, children.row(at)));
          }
        }
      }
    }
    return out;
  }

  private static long smallest(OtapTable table) {
    LongVector times = times(table);
    LongVector observed = observed(table);
    long min = 0;
    for (int row = 0; row < table.rows(); row++) {
      min = earlier(min, nanos(times, observed, row));
    }
    return min;
  }

  private static LongVector times(OtapTable table) {
    return table.longVector(table.type().eventTime().path());
  }

  private static LongVector observed(OtapTable table) {
    String path = "observed_time_unix_nano";
    return table.type().has(path) ? table.longVector(path) : null;
  }

  private static long nanos(LongVector times, LongVector observed, int row) {
    long time = times == null ? 0 : times.get(row);
    return time == 0 && observed != null ? observed.get(row) : time;
  }

  private static boolean isTimed(Signal signal, PayloadType table) {
    return signal == Signal.METRICS
        ? table.parent() == signal.root() && table.eventTime() != null
        : table == signal.root();
  }

  private static long earlier(long a, long b) {
    if (a == 0 || b == 0) {
      return a == 0 ? b : a;
    }
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }
}

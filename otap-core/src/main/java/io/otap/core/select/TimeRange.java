/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.List;
import java.util.stream.Stream;

/**
 * A time of a record lies in a range. A time of 0 is none: then that of the next column counts.
 *
 * @param columns paths in the root table
 * @param from nanoseconds since 1970, inclusive
 * @param to nanoseconds since 1970, inclusive. A time that does not fit in 63 bits counts as larger
 *     than all others, as does {@link Long#MAX_VALUE} here
 */
@PublicEvolving
public record TimeRange(List<String> columns, long from, long to) implements RootCondition {

  private static final long serialVersionUID = 1L;

  public TimeRange {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("no column");
    }
  }

  /**
   * The event time: of a log its own time, else that of its observation; of a span its start.
   * Metrics have none, their points do.
   */
  public static TimeRange ofEvents(Signal signal, long from, long to) {
    PayloadType root = signal.root();
    return new TimeRange(
        Stream.of("time_unix_nano", "start_time_unix_nano", "observed_time_unix_nano")
            .filter(path -> root.has(path) || signal == Signal.METRICS)
            .toList(),
        from,
        to);
  }

  /** Whether a time of 64 bits lies in the range. */
  public boolean holds(long nanos) {
    return nanos < 0 ? to == Long.MAX_VALUE : from <= nanos && nanos <= to;
  }

  /** Whether one of the times between these, which are not negative, lies in the range. */
  public boolean meets(long smallest, long largest) {
    return from <= largest && smallest <= to;
  }

  @Override
  public String toString() {
    return columns.get(0) + " in [" + from + ", " + to + "]";
  }
}

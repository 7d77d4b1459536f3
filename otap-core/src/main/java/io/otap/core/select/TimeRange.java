/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;

/**
 * The event time of a record lies in a range: that of a log, else the time when it was observed;
 * the start of a span. Metrics have no time of their own.
 *
 * @param from nanoseconds since 1970, inclusive
 * @param to nanoseconds since 1970, inclusive. A time that does not fit in 63 bits counts as larger
 *     than all others, as does {@link Long#MAX_VALUE} here
 */
@PublicEvolving
public record TimeRange(long from, long to) implements RootCondition {

  private static final long serialVersionUID = 1L;

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
    return "time in [" + from + ", " + to + "]";
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;

/**
 * Walks the data points of one metric; what all kinds of points have in common. Belongs to a {@link
 * MetricCursor}, which moves it. Counts are unsigned: {@link Long#toUnsignedString(long)}, {@link
 * Long#compareUnsigned} and {@link Long#divideUnsigned} are for those beyond 2^63.
 */
@PublicEvolving
public abstract sealed class PointCursor extends ChildCursor
    permits NumberPointCursor, DistributionPointCursor, SummaryPointCursor {

  private final IntVector id;
  private final LongVector startTime;
  private final LongVector time;
  private final IntVector flags;
  private final AttributeCursor attributes;

  PointCursor(OtapTable points, AttributeCursor attributes) throws OtapException {
    super(points);
    this.id = points.intVector("id");
    this.startTime = points.longVector("start_time_unix_nano");
    this.time = points.longVector("time_unix_nano");
    this.flags = points.intVector("flags");
    this.attributes = attributes;
  }

  /** Nanoseconds since 1970, all 64 bits, from when on values are aggregated; 0 if unset. */
  public final long startTimeUnixNano() {
    return Cells.get(startTime, row);
  }

  /** Nanoseconds since 1970, all 64 bits; 0 if unset. */
  public final long timeUnixNano() {
    return Cells.get(time, row);
  }

  /** The bits of OTLP's {@code DataPointFlags}. */
  public final int flags() {
    return Cells.get(flags, row);
  }

  /** Whether the flags say that there is no value: the series ended or paused. */
  public final boolean noRecordedValue() {
    return (flags() & 1) != 0;
  }

  /** The attributes of the point, from the first. */
  public final AttributeCursor attributes() {
    return attributes.moveTo(id());
  }

  /** What the parent id of the point's children is. */
  final int id() {
    return Cells.id(id, row);
  }
}

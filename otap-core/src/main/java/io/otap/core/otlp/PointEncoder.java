/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** What the four kinds of data points have in common: parent, times, flags, attributes. */
abstract class PointEncoder {

  final ReverseProtoWriter out;
  final OtapTable points;
  private final ChildRows rows;
  private final IntVector id;
  private final LongVector startTime;
  private final LongVector time;
  private final IntVector flags;
  private final AttributeEncoder attributes;

  PointEncoder(OtapBatch batch, PayloadType points, PayloadType attributes, ReverseProtoWriter out)
      throws OtapException {
    this.out = out;
    this.points = batch.table(points);
    this.rows = ChildRows.of(this.points);
    this.id = this.points.intVector("id");
    this.startTime = this.points.longVector("start_time_unix_nano");
    this.time = this.points.longVector("time_unix_nano");
    this.flags = this.points.intVector("flags");
    this.attributes = new AttributeEncoder(batch, attributes, out);
  }

  /** Writes the points of a metric. */
  final void write(int metric) throws OtapException {
    int first = rows.start(metric);
    for (int i = rows.end(metric) - 1; i >= first; i--) {
      int row = rows.row(i);
      int end = out.written();
      fields(row, Cells.id(id, row));
      out.fixed64(NumberDataPoint.TIME_UNIX_NANO_FIELD_NUMBER, Cells.get(time, row));
      out.fixed64(NumberDataPoint.START_TIME_UNIX_NANO_FIELD_NUMBER, Cells.get(startTime, row));
      out.close(Gauge.DATA_POINTS_FIELD_NUMBER, end);
    }
  }

  /** Writes all fields of a point but its times. */
  abstract void fields(int row, int id) throws OtapException;

  final void flags(int field, int row) {
    out.uint32(field, Cells.get(flags, row));
  }

  final void attributes(int field, int point) throws OtapException {
    attributes.write(field, point);
  }

  /** A double that may be absent, which is not the same as 0. */
  final void optional(int field, DoubleVector column, int row) {
    if (!Cells.isNull(column, row)) {
      out.presentFloat64(field, column.get(row));
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Walks the exemplars of one data point. Belongs to a {@link PointCursor}, which moves it. */
@PublicEvolving
public final class ExemplarCursor extends ChildCursor {

  private final IntVector id;
  private final LongVector time;
  private final NumberColumns value;
  private final BinaryVector spanId;
  private final BinaryVector traceId;
  private final AttributeCursor attributes;

  ExemplarCursor(OtapBatch batch, PayloadType type, PayloadType attributes) throws OtapException {
    super(batch.table(type));
    OtapTable exemplars = batch.table(type);
    this.id = exemplars.intVector("id");
    this.time = exemplars.longVector("time_unix_nano");
    this.value = NumberColumns.of(exemplars);
    this.spanId = exemplars.binaryVector("span_id");
    this.traceId = exemplars.binaryVector("trace_id");
    this.attributes = new AttributeCursor(batch, attributes);
  }

  /** Goes before the first exemplar of a point. */
  ExemplarCursor moveTo(int point) {
    moveToParent(point);
    return this;
  }

  /** Nanoseconds since 1970, all 64 bits; 0 if unset. */
  public long timeUnixNano() {
    return Cells.get(time, row);
  }

  /** Whether the value is an int. An exemplar may have no value at all. */
  public boolean isInt() {
    return value.isInt(row);
  }

  /** Whether the value is a double. */
  public boolean isDouble() {
    return value.isDouble(row);
  }

  /** The value, if it {@link #isInt}. */
  public long intValue() {
    return Cells.get(value.ints(), row);
  }

  /** The value, if it {@link #isDouble}. */
  public double doubleValue() {
    return Cells.get(value.doubles(), row);
  }

  /** Whether there is a trace id; one of zeros is none. */
  public boolean hasTraceId() {
    return Cells.hasId(traceId, row);
  }

  /** 16 bytes, or none; zeros where {@link #hasTraceId} denies one may be filler. */
  public byte[] traceId() {
    return Cells.bytes(traceId, row);
  }

  /** Whether there is a span id; one of zeros is none. */
  public boolean hasSpanId() {
    return Cells.hasId(spanId, row);
  }

  /** 8 bytes, or none; zeros where {@link #hasSpanId} denies one may be filler. */
  public byte[] spanId() {
    return Cells.bytes(spanId, row);
  }

  /** The attributes that the point does not have, from the first. */
  public AttributeCursor filteredAttributes() {
    return attributes.moveTo(Cells.id(id, row));
  }
}

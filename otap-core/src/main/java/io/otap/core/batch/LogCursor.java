/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;

/**
 * Walks the log records of a batch, in its order. Moving and reading make no objects, but for
 * strings and bytes on request.
 *
 * <pre>{@code
 * byte[] status = "http.response.status_code".getBytes(UTF_8);
 * LogCursor log = LogCursor.of(batch);
 * while (log.next()) {
 *   AttributeCursor attributes = log.attributes();
 *   if (attributes.find(status) && attributes.intValue() >= 500) {
 *     errors++;
 *   }
 * }
 * }</pre>
 */
@PublicEvolving
public final class LogCursor extends RecordCursor {

  private final LongVector time;
  private final LongVector observedTime;
  private final BinaryVector traceId;
  private final BinaryVector spanId;
  private final IntVector severityNumber;
  private final BinaryVector severityText;
  private final AnyValueColumns body;
  private final IntVector droppedAttributes;
  private final BinaryVector eventName;
  private final IntVector flags;
  private final AttributeCursor attributes;

  private LogCursor(OtapBatch batch) throws OtapException {
    super(batch, Signal.LOGS);
    OtapTable logs = batch.root();
    this.time = logs.longVector("time_unix_nano");
    this.observedTime = logs.longVector("observed_time_unix_nano");
    this.traceId = logs.binaryVector("trace_id");
    this.spanId = logs.binaryVector("span_id");
    this.severityNumber = logs.intVector("severity_number");
    this.severityText = logs.binaryVector("severity_text");
    this.body = AnyValueColumns.of(logs, "body.");
    this.droppedAttributes = logs.intVector("dropped_attributes_count");
    this.eventName = logs.binaryVector("event_name");
    this.flags = logs.intVector("flags");
    this.attributes = new AttributeCursor(batch, PayloadType.LOG_ATTRS);
  }

  /**
   * A cursor before the first record.
   *
   * @throws OtapException of kind RECONSTRUCTION if the batch has attributes without a parent
   */
  public static LogCursor of(OtapBatch batch) throws OtapException {
    return new LogCursor(batch);
  }

  /** Nanoseconds since 1970, all 64 bits; 0 if unset. */
  public long timeUnixNano() {
    return Cells.get(time, row);
  }

  /** Nanoseconds since 1970, all 64 bits; 0 if unset. */
  public long observedTimeUnixNano() {
    return Cells.get(observedTime, row);
  }

  /** The number of OTLP's {@code SeverityNumber}; 0 if unset. */
  public int severityNumber() {
    return Cells.get(severityNumber, row);
  }

  public String severityText() {
    return Cells.string(severityText, row);
  }

  /** The type of the body; {@link AttributeType#EMPTY} without a body, null for unknown codes. */
  public AttributeType bodyType() {
    return body.type(row);
  }

  /** The value of a {@link AttributeType#STRING} body. */
  public String bodyString() {
    return Cells.string(body.strings(), row);
  }

  /** The value of an {@link AttributeType#INT} body. */
  public long bodyInt() {
    return Cells.get(body.ints(), row);
  }

  /** The value of a {@link AttributeType#DOUBLE} body. */
  public double bodyDouble() {
    return Cells.get(body.doubles(), row);
  }

  /** The value of a {@link AttributeType#BOOL} body. */
  public boolean bodyBool() {
    return Cells.get(body.bools(), row) != 0;
  }

  /** The value of a {@link AttributeType#BYTES} body. */
  public byte[] bodyBytes() {
    return Cells.bytes(body.bytes(), row);
  }

  /** The CBOR of a {@link AttributeType#MAP} or {@link AttributeType#SLICE} body. */
  public byte[] bodySerialized() {
    return Cells.bytes(body.serialized(), row);
  }

  /** Whether there is a trace id; one of zeros is none. */
  public boolean hasTraceId() {
    return Cells.hasId(traceId, row);
  }

  /** 16 bytes, or none. */
  public byte[] traceId() {
    return Cells.bytes(traceId, row);
  }

  /** Whether there is a span id; one of zeros is none. */
  public boolean hasSpanId() {
    return Cells.hasId(spanId, row);
  }

  /** 8 bytes, or none. */
  public byte[] spanId() {
    return Cells.bytes(spanId, row);
  }

  public String eventName() {
    return Cells.string(eventName, row);
  }

  /** The bits of the flags. */
  public int flags() {
    return Cells.get(flags, row);
  }

  /** How many attributes the sender left out of the record. */
  public long droppedAttributesCount() {
    return Cells.unsigned(droppedAttributes, row);
  }

  /** The attributes of the record, from the first. */
  public AttributeCursor attributes() {
    return attributes.moveTo(id());
  }

  /** The row in LOG_ATTRS of the record's first attribute with this key in UTF-8, or -1. */
  public int attribute(byte[] key) {
    return attributes().find(key) ? attributes.row() : -1;
  }
}

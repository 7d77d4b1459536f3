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
public final class LogCursor {

  private final OtapBatch batch;
  private final int rows;
  private final IntVector id;
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
  private final IntVector resourceId;
  private final BinaryVector resourceSchemaUrl;
  private final IntVector scopeId;
  private final BinaryVector scopeName;
  private final BinaryVector scopeVersion;
  private final BinaryVector scopeSchemaUrl;
  private final AttributeCursor attributes;
  private final AttributeCursor resourceAttributes;
  private final AttributeCursor scopeAttributes;
  private int row = -1;

  private LogCursor(OtapBatch batch) throws OtapException {
    OtapTable logs = batch.root();
    this.batch = batch;
    this.rows = logs.rows();
    this.id = logs.intVector("id");
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
    this.resourceId = logs.intVector("resource.id");
    this.resourceSchemaUrl = logs.binaryVector("resource.schema_url");
    this.scopeId = logs.intVector("scope.id");
    this.scopeName = logs.binaryVector("scope.name");
    this.scopeVersion = logs.binaryVector("scope.version");
    this.scopeSchemaUrl = logs.binaryVector("schema_url");
    this.attributes = new AttributeCursor(batch, PayloadType.LOG_ATTRS);
    this.resourceAttributes = new AttributeCursor(batch, PayloadType.RESOURCE_ATTRS);
    this.scopeAttributes = new AttributeCursor(batch, PayloadType.SCOPE_ATTRS);
  }

  /**
   * A cursor before the first record.
   *
   * @throws OtapException of kind RECONSTRUCTION if the batch has attributes without a parent
   */
  public static LogCursor of(OtapBatch batch) throws OtapException {
    if (batch.signal() != Signal.LOGS) {
      throw new IllegalArgumentException("a batch of " + batch.signal().id() + ", not logs");
    }
    return new LogCursor(batch);
  }

  /** Goes to the next record. */
  public boolean next() {
    if (row + 1 >= rows) {
      return false;
    }
    row++;
    return true;
  }

  /** The row in the table of logs. */
  public int row() {
    return row;
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
    return string(severityText);
  }

  /** The type of the body; {@link AttributeType#EMPTY} without a body, null for unknown codes. */
  public AttributeType bodyType() {
    return body.type(row);
  }

  /** The value of a {@link AttributeType#STRING} body. */
  public String bodyString() {
    return string(body.strings());
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
    return bytes(body.bytes());
  }

  /** The CBOR of a {@link AttributeType#MAP} or {@link AttributeType#SLICE} body. */
  public byte[] bodySerialized() {
    return bytes(body.serialized());
  }

  /** Whether there is a trace id; one of zeros is none. */
  public boolean hasTraceId() {
    return isSet(traceId);
  }

  /** 16 bytes, or none. */
  public byte[] traceId() {
    return bytes(traceId);
  }

  /** Whether there is a span id; one of zeros is none. */
  public boolean hasSpanId() {
    return isSet(spanId);
  }

  /** 8 bytes, or none. */
  public byte[] spanId() {
    return bytes(spanId);
  }

  public String eventName() {
    return string(eventName);
  }

  /** The bits of the flags. */
  public int flags() {
    return Cells.get(flags, row);
  }

  public long droppedAttributesCount() {
    return Cells.get(droppedAttributes, row) & 0xFFFF_FFFFL;
  }

  /** The attributes of the record, from the first. */
  public AttributeCursor attributes() {
    return attributes.moveTo(Cells.id(id, row));
  }

  /** The row in LOG_ATTRS of the record's first attribute with this key in UTF-8, or -1. */
  public int attribute(byte[] key) {
    return attributes().find(key) ? attributes.row() : -1;
  }

  /** The attributes of the record's resource, from the first. */
  public AttributeCursor resourceAttributes() {
    return resourceAttributes.moveTo(Cells.id(resourceId, row));
  }

  public String resourceSchemaUrl() {
    return string(resourceSchemaUrl);
  }

  /** The attributes of the record's scope, from the first. */
  public AttributeCursor scopeAttributes() {
    return scopeAttributes.moveTo(Cells.id(scopeId, row));
  }

  public String scopeName() {
    return string(scopeName);
  }

  public String scopeVersion() {
    return string(scopeVersion);
  }

  public String scopeSchemaUrl() {
    return string(scopeSchemaUrl);
  }

  /** How certain the resource is. */
  public Recovery resourceRecovery() {
    return batch.resourceRecovery(row);
  }

  /** How certain the scope is. */
  public Recovery scopeRecovery() {
    return batch.scopeRecovery(row);
  }

  private String string(BinaryVector column) {
    return column == null ? "" : column.string(row);
  }

  private byte[] bytes(BinaryVector column) {
    return column == null ? new byte[0] : column.bytes(row);
  }

  private boolean isSet(BinaryVector ids) {
    int size = Cells.size(ids, row);
    for (int i = 0; i < size; i++) {
      if (ids.data()[ids.start(row) + i] != 0) {
        return true;
      }
    }
    return false;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Log records. Ids are written as they are, also if all bytes are zero. */
final class LogEncoder implements RecordEncoder {

  private final ReverseProtoWriter out;
  private final IntVector id;
  private final LongVector time;
  private final LongVector observedTime;
  private final BinaryVector traceId;
  private final BinaryVector spanId;
  private final IntVector severityNumber;
  private final BinaryVector severityText;
  private final IntVector droppedAttributes;
  private final BinaryVector eventName;
  private final IntVector flags;
  private final AnyValueEncoder body;
  private final AttributeEncoder attributes;

  LogEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    OtapTable logs = batch.root();
    this.out = out;
    this.id = logs.intVector("id");
    this.time = logs.longVector("time_unix_nano");
    this.observedTime = logs.longVector("observed_time_unix_nano");
    this.traceId = logs.binaryVector("trace_id");
    this.spanId = logs.binaryVector("span_id");
    this.severityNumber = logs.intVector("severity_number");
    this.severityText = logs.binaryVector("severity_text");
    this.droppedAttributes = logs.intVector("dropped_attributes_count");
    this.eventName = logs.binaryVector("event_name");
    this.flags = logs.intVector("flags");
    this.body = new AnyValueEncoder(logs, "body.", LogRecord.BODY_FIELD_NUMBER, out);
    this.attributes = new AttributeEncoder(batch, PayloadType.LOG_ATTRS, out);
  }

  @Override
  public void write(int row) throws OtapException {
    out.bytes(LogRecord.EVENT_NAME_FIELD_NUMBER, eventName, row);
    out.fixed64(LogRecord.OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER, Cells.get(observedTime, row));
    out.bytes(LogRecord.SPAN_ID_FIELD_NUMBER, spanId, row);
    out.bytes(LogRecord.TRACE_ID_FIELD_NUMBER, traceId, row);
    out.fixed32(LogRecord.FLAGS_FIELD_NUMBER, Cells.get(flags, row));
    out.uint32(LogRecord.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, Cells.get(droppedAttributes, row));
    attributes.write(LogRecord.ATTRIBUTES_FIELD_NUMBER, Cells.id(id, row));
    if (!body.isEmpty(row)) {
      body.write(row);
    }
    out.bytes(LogRecord.SEVERITY_TEXT_FIELD_NUMBER, severityText, row);
    out.enumeration(LogRecord.SEVERITY_NUMBER_FIELD_NUMBER, Cells.get(severityNumber, row));
    out.fixed64(LogRecord.TIME_UNIX_NANO_FIELD_NUMBER, Cells.get(time, row));
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;

/** Fills a batch of logs. Only records with attributes get an id (OTAP-FORMAT 5.6). */
final class LogDecoder extends BatchDecoder<LogRecord> {

  private final IntColumnBuilder id;
  private final LongColumnBuilder time;
  private final LongColumnBuilder observedTime;
  private final BinaryColumnBuilder traceId;
  private final BinaryColumnBuilder spanId;
  private final IntColumnBuilder severityNumber;
  private final BinaryColumnBuilder severityText;
  private final IntColumnBuilder droppedAttributes;
  private final BinaryColumnBuilder eventName;
  private final IntColumnBuilder flags;
  private final AnyValueDecoder body;
  private final AttributeDecoder attributes;
  private int nextId;

  LogDecoder() {
    super(Signal.LOGS);
    TableBuilder logs = table(PayloadType.LOGS);
    id = logs.ints("id");
    time = logs.longs("time_unix_nano");
    observedTime = logs.longs("observed_time_unix_nano");
    traceId = logs.binaries("trace_id");
    spanId = logs.binaries("span_id");
    severityNumber = logs.ints("severity_number");
    severityText = logs.binaries("severity_text");
    droppedAttributes = logs.ints("dropped_attributes_count");
    eventName = logs.binaries("event_name");
    flags = logs.ints("flags");
    body = new AnyValueDecoder(logs, "body.");
    attributes = attributes(PayloadType.LOG_ATTRS);
  }

  @Override
  void fill(int row, LogRecord log) throws OtapException {
    if (log.getAttributesCount() > 0) {
      id.set(row, nextId);
      attributes.add(nextId++, log.getAttributesList());
    }
    time.set(row, log.getTimeUnixNano());
    observedTime.set(row, log.getObservedTimeUnixNano());
    TelemetryId.TRACE.set(traceId, row, log.getTraceId());
    TelemetryId.SPAN.set(spanId, row, log.getSpanId());
    severityNumber.set(row, log.getSeverityNumberValue());
    severityText.set(row, log.getSeverityText());
    if (log.hasBody()) {
      body.set(row, log.getBody());
    }
    droppedAttributes.set(row, log.getDroppedAttributesCount());
    eventName.set(row, log.getEventName());
    flags.set(row, log.getFlags());
  }
}

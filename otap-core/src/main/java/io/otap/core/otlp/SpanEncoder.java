/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Spans with their events and links. A span ends at its start plus its duration. */
final class SpanEncoder implements RecordEncoder {

  private final ReverseProtoWriter out;
  private final IntVector id;
  private final LongVector start;
  private final LongVector duration;
  private final BinaryVector traceId;
  private final BinaryVector spanId;
  private final BinaryVector traceState;
  private final BinaryVector parentSpanId;
  private final BinaryVector name;
  private final IntVector kind;
  private final IntVector droppedAttributes;
  private final IntVector droppedEvents;
  private final IntVector droppedLinks;
  private final IntVector flags;
  private final IntVector statusCode;
  private final BinaryVector statusMessage;
  private final AttributeEncoder attributes;
  private final SpanEventEncoder events;
  private final SpanLinkEncoder links;

  SpanEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    OtapTable spans = batch.root();
    this.out = out;
    this.id = spans.intVector("id");
    this.start = spans.longVector("start_time_unix_nano");
    this.duration = spans.longVector("duration_time_unix_nano");
    this.traceId = spans.binaryVector("trace_id");
    this.spanId = spans.binaryVector("span_id");
    this.traceState = spans.binaryVector("trace_state");
    this.parentSpanId = spans.binaryVector("parent_span_id");
    this.name = spans.binaryVector("name");
    this.kind = spans.intVector("kind");
    this.droppedAttributes = spans.intVector("dropped_attributes_count");
    this.droppedEvents = spans.intVector("dropped_events_count");
    this.droppedLinks = spans.intVector("dropped_links_count");
    this.flags = spans.intVector("flags");
    this.statusCode = spans.intVector("status.code");
    this.statusMessage = spans.binaryVector("status.status_message");
    this.attributes = new AttributeEncoder(batch, PayloadType.SPAN_ATTRS, out);
    this.events = new SpanEventEncoder(batch, out);
    this.links = new SpanLinkEncoder(batch, out);
  }

  @Override
  public void write(int row) throws OtapException {
    int parent = Cells.id(id, row);
    out.fixed32(Span.FLAGS_FIELD_NUMBER, Cells.get(flags, row));
    status(row);
    out.uint32(Span.DROPPED_LINKS_COUNT_FIELD_NUMBER, Cells.get(droppedLinks, row));
    links.write(Span.LINKS_FIELD_NUMBER, parent);
    out.uint32(Span.DROPPED_EVENTS_COUNT_FIELD_NUMBER, Cells.get(droppedEvents, row));
    events.write(Span.EVENTS_FIELD_NUMBER, parent);
    out.uint32(Span.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, Cells.get(droppedAttributes, row));
    attributes.write(Span.ATTRIBUTES_FIELD_NUMBER, parent);
    long startTime = Cells.get(start, row);
    out.fixed64(Span.END_TIME_UNIX_NANO_FIELD_NUMBER, startTime + Cells.get(duration, row));
    out.fixed64(Span.START_TIME_UNIX_NANO_FIELD_NUMBER, startTime);
    out.enumeration(Span.KIND_FIELD_NUMBER, Cells.get(kind, row));
    out.bytes(Span.NAME_FIELD_NUMBER, name, row);
    out.bytes(Span.PARENT_SPAN_ID_FIELD_NUMBER, parentSpanId, row);
    out.bytes(Span.TRACE_STATE_FIELD_NUMBER, traceState, row);
    out.bytes(Span.SPAN_ID_FIELD_NUMBER, spanId, row);
    out.bytes(Span.TRACE_ID_FIELD_NUMBER, traceId, row);
  }

  private void status(int row) {
    int end = out.written();
    out.enumeration(Status.CODE_FIELD_NUMBER, Cells.get(statusCode, row));
    out.bytes(Status.MESSAGE_FIELD_NUMBER, statusMessage, row);
    if (out.written() != end) {
      out.close(Span.STATUS_FIELD_NUMBER, end);
    }
  }
}

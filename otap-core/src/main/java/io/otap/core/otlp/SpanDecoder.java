/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;

/** Fills a batch of traces. */
final class SpanDecoder extends BatchDecoder<Span> {

  private final IntColumnBuilder id;
  private final LongColumnBuilder start;
  private final LongColumnBuilder duration;
  private final BinaryColumnBuilder traceId;
  private final BinaryColumnBuilder spanId;
  private final BinaryColumnBuilder traceState;
  private final BinaryColumnBuilder parentSpanId;
  private final BinaryColumnBuilder name;
  private final IntColumnBuilder kind;
  private final IntColumnBuilder droppedAttributes;
  private final IntColumnBuilder droppedEvents;
  private final IntColumnBuilder droppedLinks;
  private final IntColumnBuilder flags;
  private final IntColumnBuilder statusCode;
  private final BinaryColumnBuilder statusMessage;
  private final AttributeDecoder attributes;
  private final SpanEventDecoder events;
  private final SpanLinkDecoder links;

  SpanDecoder() {
    super(Signal.TRACES);
    TableBuilder spans = table(PayloadType.SPANS);
    id = spans.ints("id");
    start = spans.longs("start_time_unix_nano");
    duration = spans.longs("duration_time_unix_nano");
    traceId = spans.binaries("trace_id");
    spanId = spans.binaries("span_id");
    traceState = spans.binaries("trace_state");
    parentSpanId = spans.binaries("parent_span_id");
    name = spans.binaries("name");
    kind = spans.ints("kind");
    droppedAttributes = spans.ints("dropped_attributes_count");
    droppedEvents = spans.ints("dropped_events_count");
    droppedLinks = spans.ints("dropped_links_count");
    flags = spans.ints("flags");
    statusCode = spans.ints("status.code");
    statusMessage = spans.binaries("status.status_message");
    attributes = attributes(PayloadType.SPAN_ATTRS);
    events =
        new SpanEventDecoder(
            table(PayloadType.SPAN_EVENTS), attributes(PayloadType.SPAN_EVENT_ATTRS));
    links =
        new SpanLinkDecoder(table(PayloadType.SPAN_LINKS), attributes(PayloadType.SPAN_LINK_ATTRS));
  }

  @Override
  void fill(int row, Span span) throws OtapException {
    id.set(row, row);
    start.set(row, span.getStartTimeUnixNano());
    duration.set(row, span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    TelemetryId.TRACE.set(traceId, row, span.getTraceId());
    TelemetryId.SPAN.set(spanId, row, span.getSpanId());
    traceState.set(row, span.getTraceState());
    TelemetryId.SPAN.set(parentSpanId, row, span.getParentSpanId());
    name.set(row, span.getName());
    kind.set(row, span.getKindValue());
    droppedAttributes.set(row, span.getDroppedAttributesCount());
    droppedEvents.set(row, span.getDroppedEventsCount());
    droppedLinks.set(row, span.getDroppedLinksCount());
    flags.set(row, span.getFlags());
    statusCode.set(row, span.getStatus().getCodeValue());
    statusMessage.set(row, span.getStatus().getMessage());
    attributes.add(row, span.getAttributesList());
    events.add(row, span.getEventsList());
    links.add(row, span.getLinksList());
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;

/**
 * Walks the spans of a batch, in its order, with their events and links. Moving and reading make no
 * objects, but for strings and bytes on request.
 *
 * <pre>{@code
 * SpanCursor span = SpanCursor.of(batch);
 * while (span.next()) {
 *   if (span.statusCode() == 2 && !span.hasParentSpanId()) {
 *     slowest = Math.max(slowest, span.durationNano());
 *   }
 * }
 * }</pre>
 */
@PublicEvolving
public final class SpanCursor extends RecordCursor {

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
  private final AttributeCursor attributes;
  private final EventCursor events;
  private final LinkCursor links;

  private SpanCursor(OtapBatch batch) throws OtapException {
    super(batch, Signal.TRACES);
    OtapTable spans = batch.root();
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
    this.attributes = new AttributeCursor(batch, PayloadType.SPAN_ATTRS);
    this.events = new EventCursor(batch);
    this.links = new LinkCursor(batch);
  }

  /**
   * A cursor before the first span.
   *
   * @throws OtapException of kind RECONSTRUCTION if the batch has children without a parent
   */
  public static SpanCursor of(OtapBatch batch) throws OtapException {
    return new SpanCursor(batch);
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

  /** Whether there is a parent; a span without one is the root of its trace. */
  public boolean hasParentSpanId() {
    return Cells.hasId(parentSpanId, row);
  }

  /** 8 bytes, or none. */
  public byte[] parentSpanId() {
    return Cells.bytes(parentSpanId, row);
  }

  /** The W3C {@code tracestate}. */
  public String traceState() {
    return Cells.string(traceState, row);
  }

  public String name() {
    return Cells.string(name, row);
  }

  /** The number of OTLP's {@code SpanKind}; 0 if unset. */
  public int kind() {
    return Cells.get(kind, row);
  }

  /** Nanoseconds since 1970, all 64 bits; 0 if unset. */
  public long startTimeUnixNano() {
    return Cells.get(start, row);
  }

  /** Nanoseconds since 1970, all 64 bits: the start plus the duration, modulo 2^64. */
  public long endTimeUnixNano() {
    return startTimeUnixNano() + durationNano();
  }

  /** Nanoseconds from the start to the end; negative if the end is before the start. */
  public long durationNano() {
    return Cells.get(duration, row);
  }

  /** The number of OTLP's {@code StatusCode}: 0 unset, 1 ok, 2 error. */
  public int statusCode() {
    return Cells.get(statusCode, row);
  }

  public String statusMessage() {
    return Cells.string(statusMessage, row);
  }

  /** The bits of the flags. */
  public int flags() {
    return Cells.get(flags, row);
  }

  /** How many attributes the sender left out of the span. */
  public long droppedAttributesCount() {
    return Cells.unsigned(droppedAttributes, row);
  }

  /** How many events the sender left out of the span. */
  public long droppedEventsCount() {
    return Cells.unsigned(droppedEvents, row);
  }

  /** How many links the sender left out of the span. */
  public long droppedLinksCount() {
    return Cells.unsigned(droppedLinks, row);
  }

  /** The attributes of the span, from the first. */
  public AttributeCursor attributes() {
    return attributes.moveTo(id());
  }

  /** The events of the span, from the first. */
  public EventCursor events() {
    return events.moveTo(id());
  }

  /** The links of the span, from the first. */
  public LinkCursor links() {
    return links.moveTo(id());
  }
}

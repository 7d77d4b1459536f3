/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Walks the links of one span to others. Belongs to a {@link SpanCursor}, which moves it. */
@PublicEvolving
public final class LinkCursor extends ChildCursor {

  private final IntVector id;
  private final BinaryVector traceId;
  private final BinaryVector spanId;
  private final BinaryVector traceState;
  private final IntVector droppedAttributes;
  private final IntVector flags;
  private final AttributeCursor attributes;

  LinkCursor(OtapBatch batch) throws OtapException {
    super(batch.table(PayloadType.SPAN_LINKS));
    OtapTable links = batch.table(PayloadType.SPAN_LINKS);
    this.id = links.intVector("id");
    this.traceId = links.binaryVector("trace_id");
    this.spanId = links.binaryVector("span_id");
    this.traceState = links.binaryVector("trace_state");
    this.droppedAttributes = links.intVector("dropped_attributes_count");
    this.flags = links.intVector("flags");
    this.attributes = new AttributeCursor(batch, PayloadType.SPAN_LINK_ATTRS);
  }

  /** Goes before the first link of a span. */
  LinkCursor moveTo(int span) {
    moveToParent(span);
    return this;
  }

  /** Whether there is a trace id; one of zeros is none. */
  public boolean hasTraceId() {
    return Cells.hasId(traceId, row);
  }

  /** 16 bytes of the other span's trace, or none. */
  public byte[] traceId() {
    return Cells.bytes(traceId, row);
  }

  /** Whether there is a span id; one of zeros is none. */
  public boolean hasSpanId() {
    return Cells.hasId(spanId, row);
  }

  /** 8 bytes of the other span, or none. */
  public byte[] spanId() {
    return Cells.bytes(spanId, row);
  }

  /** The W3C {@code tracestate} of the link. */
  public String traceState() {
    return Cells.string(traceState, row);
  }

  /** The bits of the flags. */
  public int flags() {
    return Cells.get(flags, row);
  }

  /** How many attributes the sender left out of the link. */
  public long droppedAttributesCount() {
    return Cells.unsigned(droppedAttributes, row);
  }

  /** The attributes of the link, from the first. */
  public AttributeCursor attributes() {
    return attributes.moveTo(Cells.id(id, row));
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Walks the events of one span. Belongs to a {@link SpanCursor}, which moves it. */
@PublicEvolving
public final class EventCursor extends ChildCursor {

  private final IntVector id;
  private final LongVector time;
  private final BinaryVector name;
  private final IntVector droppedAttributes;
  private final AttributeCursor attributes;

  EventCursor(OtapBatch batch) throws OtapException {
    super(batch.table(PayloadType.SPAN_EVENTS));
    OtapTable events = batch.table(PayloadType.SPAN_EVENTS);
    this.id = events.intVector("id");
    this.time = events.longVector("time_unix_nano");
    this.name = events.binaryVector("name");
    this.droppedAttributes = events.intVector("dropped_attributes_count");
    this.attributes = new AttributeCursor(batch, PayloadType.SPAN_EVENT_ATTRS);
  }

  /** Goes before the first event of a span. */
  EventCursor moveTo(int span) {
    moveToParent(span);
    return this;
  }

  /** Nanoseconds since 1970, all 64 bits; 0 if unset. */
  public long timeUnixNano() {
    return Cells.get(time, row);
  }

  public String name() {
    return Cells.string(name, row);
  }

  /** How many attributes the sender left out of the event. */
  public long droppedAttributesCount() {
    return Cells.unsigned(droppedAttributes, row);
  }

  /** The attributes of the event, from the first. */
  public AttributeCursor attributes() {
    return attributes.moveTo(Cells.id(id, row));
  }
}

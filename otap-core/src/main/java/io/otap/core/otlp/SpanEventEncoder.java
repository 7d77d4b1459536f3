/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Events of spans. */
final class SpanEventEncoder {

  private final ReverseProtoWriter out;
  private final ChildRows rows;
  private final IntVector id;
  private final LongVector time;
  private final BinaryVector name;
  private final IntVector droppedAttributes;
  private final AttributeEncoder attributes;

  SpanEventEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    OtapTable events = batch.table(PayloadType.SPAN_EVENTS);
    this.out = out;
    this.rows = ChildRows.of(events);
    this.id = events.intVector("id");
    this.time = events.longVector("time_unix_nano");
    this.name = events.binaryVector("name");
    this.droppedAttributes = events.intVector("dropped_attributes_count");
    this.attributes = new AttributeEncoder(batch, PayloadType.SPAN_EVENT_ATTRS, out);
  }

  void write(int field, int span) throws OtapException {
    int first = rows.start(span);
    for (int i = rows.end(span) - 1; i >= first; i--) {
      int row = rows.row(i);
      int end = out.written();
      out.uint32(
          Span.Event.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, Cells.get(droppedAttributes, row));
      attributes.write(Span.Event.ATTRIBUTES_FIELD_NUMBER, Cells.id(id, row));
      out.bytes(Span.Event.NAME_FIELD_NUMBER, name, row);
      out.fixed64(Span.Event.TIME_UNIX_NANO_FIELD_NUMBER, Cells.get(time, row));
      out.close(field, end);
    }
  }
}

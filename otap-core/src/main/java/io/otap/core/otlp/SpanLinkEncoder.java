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
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Links of spans. */
final class SpanLinkEncoder {

  private final ReverseProtoWriter out;
  private final ChildRows rows;
  private final IntVector id;
  private final BinaryVector traceId;
  private final BinaryVector spanId;
  private final BinaryVector traceState;
  private final IntVector droppedAttributes;
  private final IntVector flags;
  private final AttributeEncoder attributes;

  SpanLinkEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    OtapTable links = batch.table(PayloadType.SPAN_LINKS);
    this.out = out;
    this.rows = ChildRows.of(links);
    this.id = links.intVector("id");
    this.traceId = links.binaryVector("trace_id");
    this.spanId = links.binaryVector("span_id");
    this.traceState = links.binaryVector("trace_state");
    this.droppedAttributes = links.intVector("dropped_attributes_count");
    this.flags = links.intVector("flags");
    this.attributes = new AttributeEncoder(batch, PayloadType.SPAN_LINK_ATTRS, out);
  }

  void write(int field, int span) throws OtapException {
    int first = rows.start(span);
    for (int i = rows.end(span) - 1; i >= first; i--) {
      int row = rows.row(i);
      int end = out.written();
      out.fixed32(Span.Link.FLAGS_FIELD_NUMBER, Cells.get(flags, row));
      out.uint32(
          Span.Link.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER, Cells.get(droppedAttributes, row));
      attributes.write(Span.Link.ATTRIBUTES_FIELD_NUMBER, Cells.id(id, row));
      out.bytes(Span.Link.TRACE_STATE_FIELD_NUMBER, traceState, row);
      out.bytes(Span.Link.SPAN_ID_FIELD_NUMBER, spanId, row);
      out.bytes(Span.Link.TRACE_ID_FIELD_NUMBER, traceId, row);
      out.close(field, end);
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import java.util.List;

/** Fills the table of span links. */
final class SpanLinkDecoder {

  private final TableBuilder table;
  private final IntColumnBuilder id;
  private final IntColumnBuilder parentId;
  private final BinaryColumnBuilder traceId;
  private final BinaryColumnBuilder spanId;
  private final BinaryColumnBuilder traceState;
  private final IntColumnBuilder droppedAttributes;
  private final IntColumnBuilder flags;
  private final AttributeDecoder attributes;

  SpanLinkDecoder(TableBuilder table, AttributeDecoder attributes) {
    this.table = table;
    this.attributes = attributes;
    id = table.ints("id");
    parentId = table.ints("parent_id");
    traceId = table.binaries("trace_id");
    spanId = table.binaries("span_id");
    traceState = table.binaries("trace_state");
    droppedAttributes = table.ints("dropped_attributes_count");
    flags = table.ints("flags");
  }

  void add(int span, List<Span.Link> links) throws OtapException {
    for (Span.Link link : links) {
      int row = table.addRow();
      id.set(row, row);
      parentId.set(row, span);
      TelemetryId.TRACE.set(traceId, row, link.getTraceId());
      TelemetryId.SPAN.set(spanId, row, link.getSpanId());
      traceState.set(row, link.getTraceState());
      droppedAttributes.set(row, link.getDroppedAttributesCount());
      flags.set(row, link.getFlags());
      attributes.add(row, link.getAttributesList());
    }
  }
}

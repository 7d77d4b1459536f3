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
import java.util.List;

/** Fills the table of span events. */
final class SpanEventDecoder {

  private final TableBuilder table;
  private final IntColumnBuilder id;
  private final IntColumnBuilder parentId;
  private final LongColumnBuilder time;
  private final BinaryColumnBuilder name;
  private final IntColumnBuilder droppedAttributes;
  private final AttributeDecoder attributes;

  SpanEventDecoder(TableBuilder table, AttributeDecoder attributes) {
    this.table = table;
    this.attributes = attributes;
    id = table.ints("id");
    parentId = table.ints("parent_id");
    time = table.longs("time_unix_nano");
    name = table.binaries("name");
    droppedAttributes = table.ints("dropped_attributes_count");
  }

  void add(int span, List<Span.Event> events) throws OtapException {
    for (Span.Event event : events) {
      int row = table.addRow();
      id.set(row, row);
      parentId.set(row, span);
      time.set(row, event.getTimeUnixNano());
      name.set(row, event.getName());
      droppedAttributes.set(row, event.getDroppedAttributesCount());
      attributes.add(row, event.getAttributesList());
    }
  }
}

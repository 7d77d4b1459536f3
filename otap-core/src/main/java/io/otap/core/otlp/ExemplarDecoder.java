/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.DoubleColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import java.util.List;

/** Fills a table of exemplars. */
final class ExemplarDecoder {

  private final TableBuilder table;
  private final IntColumnBuilder id;
  private final IntColumnBuilder parentId;
  private final LongColumnBuilder time;
  private final LongColumnBuilder intValue;
  private final DoubleColumnBuilder doubleValue;
  private final BinaryColumnBuilder spanId;
  private final BinaryColumnBuilder traceId;
  private final AttributeDecoder attributes;

  ExemplarDecoder(TableBuilder table, AttributeDecoder attributes) {
    this.table = table;
    this.attributes = attributes;
    id = table.ints("id");
    parentId = table.ints("parent_id");
    time = table.longs("time_unix_nano");
    intValue = table.longs("int_value");
    doubleValue = table.doubles("double_value");
    spanId = table.binaries("span_id");
    traceId = table.binaries("trace_id");
  }

  void add(int point, List<Exemplar> exemplars) throws OtapException {
    for (Exemplar exemplar : exemplars) {
      int row = table.addRow();
      id.set(row, row);
      parentId.set(row, point);
      time.set(row, exemplar.getTimeUnixNano());
      if (exemplar.hasAsInt()) {
        intValue.set(row, exemplar.getAsInt());
      } else if (exemplar.hasAsDouble()) {
        doubleValue.set(row, exemplar.getAsDouble());
      }
      TelemetryId.SPAN.set(spanId, row, exemplar.getSpanId());
      TelemetryId.TRACE.set(traceId, row, exemplar.getTraceId());
      attributes.add(row, exemplar.getFilteredAttributesList());
    }
  }
}

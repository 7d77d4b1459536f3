/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Exemplars of data points. Trace and span ids of zeros mean none (OTAP-FORMAT 2.7). */
final class ExemplarEncoder {

  private final ReverseProtoWriter out;
  private final ChildRows rows;
  private final IntVector id;
  private final LongVector time;
  private final NumberEncoder value;
  private final BinaryVector spanId;
  private final BinaryVector traceId;
  private final AttributeEncoder attributes;

  ExemplarEncoder(
      OtapBatch batch, PayloadType exemplars, PayloadType attributes, ReverseProtoWriter out)
      throws OtapException {
    OtapTable table = batch.table(exemplars);
    this.out = out;
    this.rows = ChildRows.of(table);
    this.id = table.intVector("id");
    this.time = table.longVector("time_unix_nano");
    this.value =
        new NumberEncoder(
            table, Exemplar.AS_INT_FIELD_NUMBER, Exemplar.AS_DOUBLE_FIELD_NUMBER, out);
    this.spanId = table.binaryVector("span_id");
    this.traceId = table.binaryVector("trace_id");
    this.attributes = new AttributeEncoder(batch, attributes, out);
  }

  void write(int field, int point) throws OtapException {
    int first = rows.start(point);
    for (int i = rows.end(point) - 1; i >= first; i--) {
      int row = rows.row(i);
      int end = out.written();
      attributes.write(Exemplar.FILTERED_ATTRIBUTES_FIELD_NUMBER, Cells.id(id, row));
      value.write(row);
      id(Exemplar.TRACE_ID_FIELD_NUMBER, traceId, row);
      id(Exemplar.SPAN_ID_FIELD_NUMBER, spanId, row);
      out.fixed64(Exemplar.TIME_UNIX_NANO_FIELD_NUMBER, Cells.get(time, row));
      out.close(field, end);
    }
  }

  private void id(int field, BinaryVector ids, int row) {
    int size = Cells.size(ids, row);
    for (int i = 0; i < size; i++) {
      if (ids.data()[ids.start(row) + i] != 0) {
        out.presentBytes(field, ids, row);
        return;
      }
    }
  }
}

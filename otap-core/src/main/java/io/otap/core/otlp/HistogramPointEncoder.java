/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.otap.core.batch.Cells;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Points of histograms with explicit bounds. */
final class HistogramPointEncoder extends PointEncoder {

  private final LongVector count;
  private final DoubleVector sum;
  private final DoubleVector min;
  private final DoubleVector max;
  private final ListVector bucketCounts;
  private final ListVector bounds;
  private final ExemplarEncoder exemplars;

  HistogramPointEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    super(batch, PayloadType.HISTOGRAM_DATA_POINTS, PayloadType.HISTOGRAM_DP_ATTRS, out);
    count = points.longVector("count");
    sum = points.doubleVector("sum");
    min = points.doubleVector("min");
    max = points.doubleVector("max");
    bucketCounts = points.listVector("bucket_counts");
    bounds = points.listVector("explicit_bounds");
    exemplars =
        new ExemplarEncoder(
            batch,
            PayloadType.HISTOGRAM_DP_EXEMPLARS,
            PayloadType.HISTOGRAM_DP_EXEMPLAR_ATTRS,
            out);
  }

  @Override
  void fields(int row, int id) throws OtapException {
    optional(HistogramDataPoint.MAX_FIELD_NUMBER, max, row);
    optional(HistogramDataPoint.MIN_FIELD_NUMBER, min, row);
    flags(HistogramDataPoint.FLAGS_FIELD_NUMBER, row);
    attributes(HistogramDataPoint.ATTRIBUTES_FIELD_NUMBER, id);
    exemplars.write(HistogramDataPoint.EXEMPLARS_FIELD_NUMBER, id);
    bounds(row);
    bucketCounts(row);
    optional(HistogramDataPoint.SUM_FIELD_NUMBER, sum, row);
    out.fixed64(HistogramDataPoint.COUNT_FIELD_NUMBER, Cells.get(count, row));
  }

  private void bucketCounts(int row) {
    int size = bucketCounts == null ? 0 : bucketCounts.size(row);
    if (size > 0) {
      int end = out.written();
      LongVector counts = (LongVector) bucketCounts.elements();
      int start = bucketCounts.start(row);
      for (int i = start + size - 1; i >= start; i--) {
        out.rawFixed64(counts.get(i));
      }
      out.close(HistogramDataPoint.BUCKET_COUNTS_FIELD_NUMBER, end);
    }
  }

  private void bounds(int row) {
    int size = bounds == null ? 0 : bounds.size(row);
    if (size > 0) {
      int end = out.written();
      DoubleVector values = (DoubleVector) bounds.elements();
      int start = bounds.start(row);
      for (int i = start + size - 1; i >= start; i--) {
        out.rawFixed64(Double.doubleToRawLongBits(values.get(i)));
      }
      out.close(HistogramDataPoint.EXPLICIT_BOUNDS_FIELD_NUMBER, end);
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.otap.core.batch.Cells;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Points of exponential histograms. */
final class ExpHistogramPointEncoder extends PointEncoder {

  private final LongVector count;
  private final DoubleVector sum;
  private final DoubleVector min;
  private final DoubleVector max;
  private final IntVector scale;
  private final LongVector zeroCount;
  private final DoubleVector zeroThreshold;
  private final IntVector positiveOffset;
  private final ListVector positiveCounts;
  private final IntVector negativeOffset;
  private final ListVector negativeCounts;
  private final ExemplarEncoder exemplars;

  ExpHistogramPointEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    super(batch, PayloadType.EXP_HISTOGRAM_DATA_POINTS, PayloadType.EXP_HISTOGRAM_DP_ATTRS, out);
    count = points.longVector("count");
    sum = points.doubleVector("sum");
    min = points.doubleVector("min");
    max = points.doubleVector("max");
    scale = points.intVector("scale");
    zeroCount = points.longVector("zero_count");
    zeroThreshold = points.doubleVector("zero_threshold");
    positiveOffset = points.intVector("positive.offset");
    positiveCounts = points.listVector("positive.bucket_counts");
    negativeOffset = points.intVector("negative.offset");
    negativeCounts = points.listVector("negative.bucket_counts");
    exemplars =
        new ExemplarEncoder(
            batch,
            PayloadType.EXP_HISTOGRAM_DP_EXEMPLARS,
            PayloadType.EXP_HISTOGRAM_DP_EXEMPLAR_ATTRS,
            out);
  }

  @Override
  void fields(int row, int id) throws OtapException {
    out.float64(
        ExponentialHistogramDataPoint.ZERO_THRESHOLD_FIELD_NUMBER, Cells.get(zeroThreshold, row));
    optional(ExponentialHistogramDataPoint.MAX_FIELD_NUMBER, max, row);
    optional(ExponentialHistogramDataPoint.MIN_FIELD_NUMBER, min, row);
    exemplars.write(ExponentialHistogramDataPoint.EXEMPLARS_FIELD_NUMBER, id);
    flags(ExponentialHistogramDataPoint.FLAGS_FIELD_NUMBER, row);
    buckets(
        ExponentialHistogramDataPoint.NEGATIVE_FIELD_NUMBER, negativeOffset, negativeCounts, row);
    buckets(
        ExponentialHistogramDataPoint.POSITIVE_FIELD_NUMBER, positiveOffset, positiveCounts, row);
    out.fixed64(ExponentialHistogramDataPoint.ZERO_COUNT_FIELD_NUMBER, Cells.get(zeroCount, row));
    out.sint32(ExponentialHistogramDataPoint.SCALE_FIELD_NUMBER, Cells.get(scale, row));
    optional(ExponentialHistogramDataPoint.SUM_FIELD_NUMBER, sum, row);
    out.fixed64(ExponentialHistogramDataPoint.COUNT_FIELD_NUMBER, Cells.get(count, row));
    attributes(ExponentialHistogramDataPoint.ATTRIBUTES_FIELD_NUMBER, id);
  }

  private void buckets(int field, IntVector offset, ListVector counts, int row) {
    int end = out.written();
    int size = counts == null ? 0 : counts.size(row);
    if (size > 0) {
      LongVector values = (LongVector) counts.elements();
      int start = counts.start(row);
      for (int i = start + size - 1; i >= start; i--) {
        out.varint(values.get(i));
      }
      out.close(Buckets.BUCKET_COUNTS_FIELD_NUMBER, end);
    }
    out.sint32(Buckets.OFFSET_FIELD_NUMBER, Cells.get(offset, row));
    if (out.written() != end) {
      out.close(field, end);
    }
  }
}

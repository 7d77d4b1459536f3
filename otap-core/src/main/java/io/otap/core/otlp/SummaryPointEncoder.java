/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import io.otap.core.batch.Cells;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Points of summaries. Their sum has no presence: 0 is absent. */
final class SummaryPointEncoder extends PointEncoder {

  private final LongVector count;
  private final DoubleVector sum;
  private final ListVector quantiles;
  private final ListVector values;

  SummaryPointEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    super(batch, PayloadType.SUMMARY_DATA_POINTS, PayloadType.SUMMARY_DP_ATTRS, out);
    count = points.longVector("count");
    sum = points.doubleVector("sum");
    quantiles = points.listVector("quantile.quantile");
    values = points.listVector("quantile.value");
  }

  @Override
  void fields(int row, int id) throws OtapException {
    flags(SummaryDataPoint.FLAGS_FIELD_NUMBER, row);
    attributes(SummaryDataPoint.ATTRIBUTES_FIELD_NUMBER, id);
    quantiles(row);
    out.float64(SummaryDataPoint.SUM_FIELD_NUMBER, Cells.get(sum, row));
    out.fixed64(SummaryDataPoint.COUNT_FIELD_NUMBER, Cells.get(count, row));
  }

  private void quantiles(int row) {
    int quantileCount = quantiles == null ? 0 : quantiles.size(row);
    int valueCount = values == null ? 0 : values.size(row);
    for (int i = Math.max(quantileCount, valueCount) - 1; i >= 0; i--) {
      int end = out.written();
      out.float64(ValueAtQuantile.VALUE_FIELD_NUMBER, element(values, row, i, valueCount));
      out.float64(ValueAtQuantile.QUANTILE_FIELD_NUMBER, element(quantiles, row, i, quantileCount));
      out.close(SummaryDataPoint.QUANTILE_VALUES_FIELD_NUMBER, end);
    }
  }

  private static double element(ListVector lists, int row, int index, int size) {
    return index < size ? ((DoubleVector) lists.elements()).get(lists.start(row) + index) : 0;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.otap.core.batch.DoubleColumnBuilder;
import io.otap.core.batch.ListColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;

/** Fills the table of summary data points. */
final class SummaryPointDecoder extends PointDecoder {

  private final LongColumnBuilder count;
  private final DoubleColumnBuilder sum;
  private final ListColumnBuilder quantiles;
  private final ListColumnBuilder values;

  SummaryPointDecoder(TableBuilder table, AttributeDecoder attributes) {
    super(table, attributes);
    count = table.longs("count");
    sum = table.doubles("sum");
    quantiles = table.lists("quantile.quantile");
    values = table.lists("quantile.value");
  }

  void add(int metric, SummaryDataPoint point) throws OtapException {
    int row =
        addRow(
            metric,
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags(),
            point.getAttributesList());
    count.set(row, point.getCount());
    sum.set(row, point.getSum());
    boolean none = point.getQuantileValuesCount() == 0;
    quantiles.start(row, none);
    values.start(row, none);
    for (SummaryDataPoint.ValueAtQuantile pair : point.getQuantileValuesList()) {
      quantiles.add(pair.getQuantile());
      values.add(pair.getValue());
    }
  }
}

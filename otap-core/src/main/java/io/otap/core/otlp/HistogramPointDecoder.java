/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.otap.core.batch.DoubleColumnBuilder;
import io.otap.core.batch.ListColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;

/** Fills the table of histogram data points. */
final class HistogramPointDecoder extends PointDecoder {

  private final LongColumnBuilder count;
  private final DoubleColumnBuilder sum;
  private final DoubleColumnBuilder min;
  private final DoubleColumnBuilder max;
  private final ListColumnBuilder bucketCounts;
  private final ListColumnBuilder bounds;
  private final ExemplarDecoder exemplars;

  HistogramPointDecoder(
      TableBuilder table, AttributeDecoder attributes, ExemplarDecoder exemplars) {
    super(table, attributes);
    this.exemplars = exemplars;
    count = table.longs("count");
    sum = table.doubles("sum");
    min = table.doubles("min");
    max = table.doubles("max");
    bucketCounts = table.lists("bucket_counts");
    bounds = table.lists("explicit_bounds");
  }

  void add(int metric, HistogramDataPoint point) throws OtapException {
    int row =
        addRow(
            metric,
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags(),
            point.getAttributesList());
    count.set(row, point.getCount());
    optional(sum, row, point.hasSum(), point.getSum());
    optional(min, row, point.hasMin(), point.getMin());
    optional(max, row, point.hasMax(), point.getMax());
    longs(bucketCounts, row, point.getBucketCountsList());
    doubles(bounds, row, point.getExplicitBoundsList());
    exemplars.add(row, point.getExemplarsList());
  }
}

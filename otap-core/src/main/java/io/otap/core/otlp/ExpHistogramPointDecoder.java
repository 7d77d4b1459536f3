/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.otap.core.batch.DoubleColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.ListColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;

/** Fills the table of exponential histogram data points. */
final class ExpHistogramPointDecoder extends PointDecoder {

  private final LongColumnBuilder count;
  private final DoubleColumnBuilder sum;
  private final DoubleColumnBuilder min;
  private final DoubleColumnBuilder max;
  private final IntColumnBuilder scale;
  private final LongColumnBuilder zeroCount;
  private final DoubleColumnBuilder zeroThreshold;
  private final IntColumnBuilder positiveOffset;
  private final ListColumnBuilder positiveCounts;
  private final IntColumnBuilder negativeOffset;
  private final ListColumnBuilder negativeCounts;
  private final ExemplarDecoder exemplars;

  ExpHistogramPointDecoder(
      TableBuilder table, AttributeDecoder attributes, ExemplarDecoder exemplars) {
    super(table, attributes);
    this.exemplars = exemplars;
    count = table.longs("count");
    sum = table.doubles("sum");
    min = table.doubles("min");
    max = table.doubles("max");
    scale = table.ints("scale");
    zeroCount = table.longs("zero_count");
    zeroThreshold = table.doubles("zero_threshold");
    positiveOffset = table.ints("positive.offset");
    positiveCounts = table.lists("positive.bucket_counts");
    negativeOffset = table.ints("negative.offset");
    negativeCounts = table.lists("negative.bucket_counts");
  }

  void add(int metric, ExponentialHistogramDataPoint point) throws OtapException {
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
    scale.set(row, point.getScale());
    zeroCount.set(row, point.getZeroCount());
    zeroThreshold.set(row, point.getZeroThreshold());
    positiveOffset.set(row, point.getPositive().getOffset());
    longs(positiveCounts, row, point.getPositive().getBucketCountsList());
    negativeOffset.set(row, point.getNegative().getOffset());
    longs(negativeCounts, row, point.getNegative().getBucketCountsList());
    exemplars.add(row, point.getExemplarsList());
  }
}

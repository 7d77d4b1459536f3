/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Walks the points of one histogram with explicit bounds. */
@PublicEvolving
public final class HistogramPointCursor extends PointCursor {

  private final LongVector valueCount;
  private final DoubleVector sum;
  private final DoubleVector min;
  private final DoubleVector max;
  private final ListVector bucketCounts;
  private final ListVector bounds;
  private final ExemplarCursor exemplars;

  HistogramPointCursor(OtapBatch batch) throws OtapException {
    super(
        batch.table(PayloadType.HISTOGRAM_DATA_POINTS),
        new AttributeCursor(batch, PayloadType.HISTOGRAM_DP_ATTRS));
    OtapTable points = batch.table(PayloadType.HISTOGRAM_DATA_POINTS);
    this.valueCount = points.longVector("count");
    this.sum = points.doubleVector("sum");
    this.min = points.doubleVector("min");
    this.max = points.doubleVector("max");
    this.bucketCounts = points.listVector("bucket_counts");
    this.bounds = points.listVector("explicit_bounds");
    this.exemplars =
        new ExemplarCursor(
            batch, PayloadType.HISTOGRAM_DP_EXEMPLARS, PayloadType.HISTOGRAM_DP_EXEMPLAR_ATTRS);
  }

  /** Goes before the first point of a metric. */
  HistogramPointCursor moveTo(int metric) {
    moveToParent(metric);
    return this;
  }

  /** How many values the point is made of: unsigned, all 64 bits. */
  public long valueCount() {
    return Cells.get(valueCount, row);
  }

  /** Whether there is a sum of the values, which may be 0. */
  public boolean hasSum() {
    return !Cells.isNull(sum, row);
  }

  /** The sum of the values, in the unit of the metric; 0 if there is none. */
  public double sum() {
    return Cells.get(sum, row);
  }

  /** Whether there is a smallest value, which may be 0. */
  public boolean hasMin() {
    return !Cells.isNull(min, row);
  }

  /** The smallest value, in the unit of the metric; 0 if there is none. */
  public double min() {
    return Cells.get(min, row);
  }

  /** Whether there is a largest value, which may be 0. */
  public boolean hasMax() {
    return !Cells.isNull(max, row);
  }

  /** The largest value, in the unit of the metric; 0 if there is none. */
  public double max() {
    return Cells.get(max, row);
  }

  /** How many buckets there are: usually one more than bounds, or none. */
  public int buckets() {
    return Cells.size(bucketCounts, row);
  }

  /**
   * How many values lie in a bucket: unsigned, all 64 bits. Bucket {@code i} ends at bound {@code
   * i}, inclusive, and begins behind the bound before.
   *
   * @throws IndexOutOfBoundsException if there is no such bucket
   */
  public long bucketCount(int bucket) {
    return Cells.longElement(bucketCounts, row, bucket);
  }

  /** How many bounds between buckets there are. */
  public int bounds() {
    return Cells.size(bounds, row);
  }

  /**
   * Where a bucket ends, inclusive, in the unit of the metric.
   *
   * @throws IndexOutOfBoundsException if there is no such bound
   */
  public double bound(int bucket) {
    return Cells.doubleElement(bounds, row, bucket);
  }

  /** The exemplars of the point, from the first. */
  public ExemplarCursor exemplars() {
    return exemplars.moveTo(id());
  }
}

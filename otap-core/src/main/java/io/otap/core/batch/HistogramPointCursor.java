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
public final class HistogramPointCursor extends DistributionPointCursor {

  private final ListVector bucketCounts;
  private final ListVector bounds;

  HistogramPointCursor(OtapBatch batch) throws OtapException {
    super(
        batch.table(PayloadType.HISTOGRAM_DATA_POINTS),
        new AttributeCursor(batch, PayloadType.HISTOGRAM_DP_ATTRS),
        new ExemplarCursor(
            batch, PayloadType.HISTOGRAM_DP_EXEMPLARS, PayloadType.HISTOGRAM_DP_EXEMPLAR_ATTRS));
    OtapTable points = batch.table(PayloadType.HISTOGRAM_DATA_POINTS);
    this.bucketCounts = points.listVector("bucket_counts");
    this.bounds = points.listVector("explicit_bounds");
  }

  /** Goes before the first point of a metric. */
  HistogramPointCursor moveTo(int metric) {
    moveToParent(metric);
    return this;
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
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Walks the points of one exponential histogram. */
@PublicEvolving
public final class ExpHistogramPointCursor extends DistributionPointCursor {

  private final IntVector scale;
  private final LongVector zeroCount;
  private final DoubleVector zeroThreshold;
  private final IntVector positiveOffset;
  private final ListVector positiveCounts;
  private final IntVector negativeOffset;
  private final ListVector negativeCounts;

  ExpHistogramPointCursor(OtapBatch batch) throws OtapException {
    super(
        batch.table(PayloadType.EXP_HISTOGRAM_DATA_POINTS),
        new AttributeCursor(batch, PayloadType.EXP_HISTOGRAM_DP_ATTRS),
        new ExemplarCursor(
            batch,
            PayloadType.EXP_HISTOGRAM_DP_EXEMPLARS,
            PayloadType.EXP_HISTOGRAM_DP_EXEMPLAR_ATTRS));
    OtapTable points = batch.table(PayloadType.EXP_HISTOGRAM_DATA_POINTS);
    this.scale = points.intVector("scale");
    this.zeroCount = points.longVector("zero_count");
    this.zeroThreshold = points.doubleVector("zero_threshold");
    this.positiveOffset = points.intVector("positive.offset");
    this.positiveCounts = points.listVector("positive.bucket_counts");
    this.negativeOffset = points.intVector("negative.offset");
    this.negativeCounts = points.listVector("negative.bucket_counts");
  }

  /** Goes before the first point of a metric. */
  ExpHistogramPointCursor moveTo(int metric) {
    moveToParent(metric);
    return this;
  }

  /** The resolution: the bounds of buckets are powers of {@code base = 2^(2^-scale)}. */
  public int scale() {
    return Cells.get(scale, row);
  }

  /** How many values are zero, or up to the threshold from it: unsigned, all 64 bits. */
  public long zeroCount() {
    return Cells.get(zeroCount, row);
  }

  /** Up to which distance from zero a value counts as zero, in the unit of the metric. */
  public double zeroThreshold() {
    return Cells.get(zeroThreshold, row);
  }

  /** The index that the first bucket of positive values has in the scale. */
  public int positiveOffset() {
    return Cells.get(positiveOffset, row);
  }

  /** How many buckets of positive values there are. */
  public int positiveBuckets() {
    return Cells.size(positiveCounts, row);
  }

  /**
   * How many values lie in a bucket of positive values: unsigned, all 64 bits. With {@code k} for
   * the bucket plus the offset, its values are beyond {@code base^k}, up to {@code base^(k+1)},
   * inclusive.
   *
   * @throws IndexOutOfBoundsException if there is no such bucket
   */
  public long positiveBucketCount(int bucket) {
    return Cells.longElement(positiveCounts, row, bucket);
  }

  /** The index that the first bucket of negative values has in the scale. */
  public int negativeOffset() {
    return Cells.get(negativeOffset, row);
  }

  /** How many buckets of negative values there are. */
  public int negativeBuckets() {
    return Cells.size(negativeCounts, row);
  }

  /**
   * How many values lie in a bucket of negative values: unsigned, all 64 bits. With {@code k} for
   * the bucket plus the offset, its values are beyond {@code base^k}, up to {@code base^(k+1)},
   * inclusive, with the sign changed.
   *
   * @throws IndexOutOfBoundsException if there is no such bucket
   */
  public long negativeBucketCount(int bucket) {
    return Cells.longElement(negativeCounts, row, bucket);
  }
}

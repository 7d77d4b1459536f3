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
public final class ExpHistogramPointCursor extends PointCursor {

  private final LongVector valueCount;
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
  private final ExemplarCursor exemplars;

  ExpHistogramPointCursor(OtapBatch batch) throws OtapException {
    super(
        batch.table(PayloadType.EXP_HISTOGRAM_DATA_POINTS),
        new AttributeCursor(batch, PayloadType.EXP_HISTOGRAM_DP_ATTRS));
    OtapTable points = batch.table(PayloadType.EXP_HISTOGRAM_DATA_POINTS);
    this.valueCount = points.longVector("count");
    this.sum = points.doubleVector("sum");
    this.min = points.doubleVector("min");
    this.max = points.doubleVector("max");
    this.scale = points.intVector("scale");
    this.zeroCount = points.longVector("zero_count");
    this.zeroThreshold = points.doubleVector("zero_threshold");
    this.positiveOffset = points.intVector("positive.offset");
    this.positiveCounts = points.listVector("positive.bucket_counts");
    this.negativeOffset = points.intVector("negative.offset");
    this.negativeCounts = points.listVector("negative.bucket_counts");
    this.exemplars =
        new ExemplarCursor(
            batch,
            PayloadType.EXP_HISTOGRAM_DP_EXEMPLARS,
            PayloadType.EXP_HISTOGRAM_DP_EXEMPLAR_ATTRS);
  }

  /** Goes before the first point of a metric. */
  ExpHistogramPointCursor moveTo(int metric) {
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

  /** The exemplars of the point, from the first. */
  public ExemplarCursor exemplars() {
    return exemplars.moveTo(id());
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import java.util.Objects;

/** Walks the points of one summary. */
@PublicEvolving
public final class SummaryPointCursor extends PointCursor {

  private final LongVector valueCount;
  private final DoubleVector sum;
  private final ListVector quantiles;
  private final ListVector values;

  SummaryPointCursor(OtapBatch batch) throws OtapException {
    super(
        batch.table(PayloadType.SUMMARY_DATA_POINTS),
        new AttributeCursor(batch, PayloadType.SUMMARY_DP_ATTRS));
    OtapTable points = batch.table(PayloadType.SUMMARY_DATA_POINTS);
    this.valueCount = points.longVector("count");
    this.sum = points.doubleVector("sum");
    this.quantiles = points.listVector("quantile.quantile");
    this.values = points.listVector("quantile.value");
  }

  /** Goes before the first point of a metric. */
  SummaryPointCursor moveTo(int metric) {
    moveToParent(metric);
    return this;
  }

  /** How many values the point is made of: unsigned, all 64 bits. */
  public long valueCount() {
    return Cells.get(valueCount, row);
  }

  /** The sum of the values, in the unit of the metric; 0 is also what an unset sum reads as. */
  public double sum() {
    return Cells.get(sum, row);
  }

  /** How many quantiles there are. */
  public int quantiles() {
    return Math.max(Cells.size(quantiles, row), Cells.size(values, row));
  }

  /**
   * The quantile itself, from 0 for the smallest value to 1 for the largest.
   *
   * @throws IndexOutOfBoundsException if there is no such quantile
   */
  public double quantile(int index) {
    return element(quantiles, index);
  }

  /**
   * The value at a quantile, in the unit of the metric.
   *
   * @throws IndexOutOfBoundsException if there is no such quantile
   */
  public double quantileValue(int index) {
    return element(values, index);
  }

  /** If one of the lists is shorter, its missing elements are 0. */
  private double element(ListVector lists, int index) {
    Objects.checkIndex(index, quantiles());
    return index < Cells.size(lists, row) ? Cells.doubleElement(lists, row, index) : 0;
  }
}

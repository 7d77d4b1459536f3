/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;

/** Walks the points of one histogram; what both kinds of histograms have in common. */
@PublicEvolving
public abstract sealed class DistributionPointCursor extends PointCursor
    permits HistogramPointCursor, ExpHistogramPointCursor {

  private final LongVector valueCount;
  private final DoubleVector sum;
  private final DoubleVector min;
  private final DoubleVector max;
  private final ExemplarCursor exemplars;

  DistributionPointCursor(OtapTable points, AttributeCursor attributes, ExemplarCursor exemplars)
      throws OtapException {
    super(points, attributes);
    this.valueCount = points.longVector("count");
    this.sum = points.doubleVector("sum");
    this.min = points.doubleVector("min");
    this.max = points.doubleVector("max");
    this.exemplars = exemplars;
  }

  /** How many values the point is made of: unsigned, all 64 bits. */
  public final long valueCount() {
    return Cells.get(valueCount, row);
  }

  /** Whether there is a sum of the values, which may be 0. */
  public final boolean hasSum() {
    return !Cells.isNull(sum, row);
  }

  /** The sum of the values, in the unit of the metric; 0 if there is none. */
  public final double sum() {
    return Cells.get(sum, row);
  }

  /** Whether there is a smallest value, which may be 0. */
  public final boolean hasMin() {
    return !Cells.isNull(min, row);
  }

  /** The smallest value, in the unit of the metric; 0 if there is none. */
  public final double min() {
    return Cells.get(min, row);
  }

  /** Whether there is a largest value, which may be 0. */
  public final boolean hasMax() {
    return !Cells.isNull(max, row);
  }

  /** The largest value, in the unit of the metric; 0 if there is none. */
  public final double max() {
    return Cells.get(max, row);
  }

  /** The exemplars of the point, from the first. */
  public final ExemplarCursor exemplars() {
    return exemplars.moveTo(id());
  }
}

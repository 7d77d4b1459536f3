/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** Walks the points of one gauge or sum. */
@PublicEvolving
public final class NumberPointCursor extends PointCursor {

  private final NumberColumns value;
  private final ExemplarCursor exemplars;

  NumberPointCursor(OtapBatch batch) throws OtapException {
    super(
        batch.table(PayloadType.NUMBER_DATA_POINTS),
        new AttributeCursor(batch, PayloadType.NUMBER_DP_ATTRS));
    OtapTable points = batch.table(PayloadType.NUMBER_DATA_POINTS);
    this.value = NumberColumns.of(points);
    this.exemplars =
        new ExemplarCursor(
            batch, PayloadType.NUMBER_DP_EXEMPLARS, PayloadType.NUMBER_DP_EXEMPLAR_ATTRS);
  }

  /** Goes before the first point of a metric. */
  NumberPointCursor moveTo(int metric) {
    moveToParent(metric);
    return this;
  }

  /** Whether the value is an int. A point may have no value at all. */
  public boolean isInt() {
    return value.isInt(row);
  }

  /** Whether the value is a double. */
  public boolean isDouble() {
    return value.isDouble(row);
  }

  /** The value, if it {@link #isInt}. */
  public long intValue() {
    return Cells.get(value.ints(), row);
  }

  /** The value, if it {@link #isDouble}. */
  public double doubleValue() {
    return Cells.get(value.doubles(), row);
  }

  /** The exemplars of the point, from the first. */
  public ExemplarCursor exemplars() {
    return exemplars.moveTo(id());
  }
}

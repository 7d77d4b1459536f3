/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;

/**
 * The columns that together hold the number of a data point or an exemplar: an int, a double, or
 * none. Columns may be null: absent.
 *
 * <p>An exporter may fill the column of the other type with zeros (ENGINE-OBSERVED 3); if both have
 * a value, the one that is not zero counts, and the int if both are.
 */
@Internal
public record NumberColumns(LongVector ints, DoubleVector doubles) {

  public static NumberColumns of(OtapTable table) {
    return new NumberColumns(table.longVector("int_value"), table.doubleVector("double_value"));
  }

  /** Whether the number of a row is an int. */
  public boolean isInt(int row) {
    if (Cells.isNull(ints, row)) {
      return false;
    }
    return Cells.isNull(doubles, row)
        || ints.get(row) != 0
        || Double.doubleToRawLongBits(doubles.get(row)) == 0;
  }

  /** Whether the number of a row is a double. */
  public boolean isDouble(int row) {
    return !Cells.isNull(doubles, row) && !isInt(row);
  }
}

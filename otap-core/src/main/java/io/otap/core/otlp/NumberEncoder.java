/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.batch.Cells;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;

/**
 * The value of a number data point or an exemplar: an int, a double, or none.
 *
 * <p>An exporter may fill the column of the other type with zeros (ENGINE-OBSERVED 3); if both have
 * a value, the one that is not zero counts, and the int if both are.
 */
final class NumberEncoder {

  private final ReverseProtoWriter out;
  private final int intField;
  private final int doubleField;
  private final LongVector ints;
  private final DoubleVector doubles;

  NumberEncoder(OtapTable table, int intField, int doubleField, ReverseProtoWriter out) {
    this.out = out;
    this.intField = intField;
    this.doubleField = doubleField;
    this.ints = table.longVector("int_value");
    this.doubles = table.doubleVector("double_value");
  }

  void write(int row) {
    boolean isInt = !Cells.isNull(ints, row);
    boolean isDouble = !Cells.isNull(doubles, row);
    if (isInt && isDouble) {
      isInt = ints.get(row) != 0 || Double.doubleToRawLongBits(doubles.get(row)) == 0;
    }
    if (isInt) {
      out.presentFixed64(intField, ints.get(row));
    } else if (isDouble) {
      out.presentFloat64(doubleField, doubles.get(row));
    }
  }
}

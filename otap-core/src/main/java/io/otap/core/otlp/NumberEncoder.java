/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.batch.NumberColumns;
import io.otap.core.batch.OtapTable;

/** The value of a number data point or an exemplar: an int, a double, or none. */
final class NumberEncoder {

  private final ReverseProtoWriter out;
  private final int intField;
  private final int doubleField;
  private final NumberColumns numbers;

  NumberEncoder(OtapTable table, int intField, int doubleField, ReverseProtoWriter out) {
    this.out = out;
    this.intField = intField;
    this.doubleField = doubleField;
    this.numbers = NumberColumns.of(table);
  }

  void write(int row) {
    if (numbers.isInt(row)) {
      out.presentFixed64(intField, numbers.ints().get(row));
    } else if (numbers.isDouble(row)) {
      out.presentFloat64(doubleField, numbers.doubles().get(row));
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Validity;
import io.otap.core.model.MetricType;

/** The default of a column that today's exporter never writes (ENGINE-OBSERVED 7). */
final class Monotonic {

  static final String COLUMN = "is_monotonic";

  private Monotonic() {}

  /** The metrics with every sum monotonic. */
  static OtapTable sums(OtapTable metrics) {
    int rows = metrics.rows();
    ByteVector types = metrics.byteVector("metric_type");
    byte[] values = new byte[rows];
    long[] validity = Validity.empty(rows);
    for (int row = 0; row < rows; row++) {
      if (Cells.get(types, row) == MetricType.SUM.code()) {
        values[row] = 1;
        Validity.set(validity, row);
      }
    }
    return metrics.with(metrics.type().column(COLUMN), new ByteVector(rows, validity, values));
  }
}

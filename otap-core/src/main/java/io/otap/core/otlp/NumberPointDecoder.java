/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.otap.core.batch.DoubleColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;

/** Fills the table of number data points. */
final class NumberPointDecoder extends PointDecoder {

  private final LongColumnBuilder intValue;
  private final DoubleColumnBuilder doubleValue;
  private final ExemplarDecoder exemplars;

  NumberPointDecoder(TableBuilder table, AttributeDecoder attributes, ExemplarDecoder exemplars) {
    super(table, attributes);
    this.exemplars = exemplars;
    intValue = table.longs("int_value");
    doubleValue = table.doubles("double_value");
  }

  void add(int metric, NumberDataPoint point) throws OtapException {
    int row =
        addRow(
            metric,
            point.getStartTimeUnixNano(),
            point.getTimeUnixNano(),
            point.getFlags(),
            point.getAttributesList());
    if (point.hasAsInt()) {
      intValue.set(row, point.getAsInt());
    } else if (point.hasAsDouble()) {
      doubleValue.set(row, point.getAsDouble());
    }
    exemplars.add(row, point.getExemplarsList());
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.batch.DoubleColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.ListColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import java.util.List;

/** What the four kinds of data points have in common. */
abstract class PointDecoder {

  final TableBuilder table;
  private final IntColumnBuilder id;
  private final IntColumnBuilder parentId;
  private final LongColumnBuilder startTime;
  private final LongColumnBuilder time;
  private final IntColumnBuilder flags;
  private final AttributeDecoder attributes;

  PointDecoder(TableBuilder table, AttributeDecoder attributes) {
    this.table = table;
    this.attributes = attributes;
    id = table.ints("id");
    parentId = table.ints("parent_id");
    startTime = table.longs("start_time_unix_nano");
    time = table.longs("time_unix_nano");
    flags = table.ints("flags");
  }

  /** Adds a row with the common fields. */
  final int addRow(
      int metric, long pointStartTime, long pointTime, int pointFlags, List<KeyValue> pointAttrs)
      throws OtapException {
    int row = table.addRow();
    id.set(row, row);
    parentId.set(row, metric);
    startTime.set(row, pointStartTime);
    time.set(row, pointTime);
    flags.set(row, pointFlags);
    attributes.add(row, pointAttrs);
    return row;
  }

  static void optional(DoubleColumnBuilder column, int row, boolean present, double value) {
    if (present) {
      column.set(row, value);
    }
  }

  static void longs(ListColumnBuilder column, int row, List<Long> values) {
    column.start(row, values.isEmpty());
    for (long value : values) {
      column.add(value);
    }
  }

  static void doubles(ListColumnBuilder column, int row, List<Double> values) {
    column.start(row, values.isEmpty());
    for (double value : values) {
      column.add(value);
    }
  }
}

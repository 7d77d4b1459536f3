/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.ByteString;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.model.ColumnType;

/** Ids of traces and spans. One of a wrong length, or without bytes, is no id. */
enum TelemetryId {
  TRACE(ColumnType.FIXED16),
  SPAN(ColumnType.FIXED8);

  private final int length;

  TelemetryId(ColumnType type) {
    this.length = type.fixedLength();
  }

  void set(BinaryColumnBuilder column, int row, ByteString id) {
    if (id.size() == length) {
      column.set(row, id.toByteArray());
    }
  }
}

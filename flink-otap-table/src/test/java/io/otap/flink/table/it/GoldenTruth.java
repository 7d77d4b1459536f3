/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import com.google.protobuf.MessageLite;
import io.otap.core.TestData;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.read.OtlpRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;

/** The rows that a set was sent as, with their columns by name. */
record GoldenTruth(SignalTable table, List<Row> rows) {

  static GoldenTruth of(String set, SignalTable table) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (MessageLite request : OtlpFiles.read(TestData.expected(set), table.signal())) {
      rows.addAll(OtlpRows.of(request));
    }
    return new GoldenTruth(table, rows);
  }

  @SuppressWarnings("unchecked")
  <T> T get(Row row, String column) {
    return (T) row.getField(table.rowType(ValueForm.TEXT).getFieldIndex(column));
  }
}

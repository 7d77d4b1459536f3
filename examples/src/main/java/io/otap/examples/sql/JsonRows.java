/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;
import tools.jackson.core.JsonGenerator;

/** An object for each row, on a line of its own. */
final class JsonRows implements RowPrinter {

  private final List<Column> columns;
  private final PrintStream out;

  JsonRows(List<Column> columns, PrintStream out) {
    this.columns = columns;
    this.out = out;
  }

  @Override
  public void print(Row row) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JsonValue.FACTORY.createGenerator(line)) {
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeName(columns.get(i).getName());
        JsonValue.write(row.getField(i), columns.get(i).getDataType().getLogicalType(), json);
      }
      json.writeEndObject();
    }
    out.println(line);
  }

  @Override
  public void end() {
    out.flush();
  }
}

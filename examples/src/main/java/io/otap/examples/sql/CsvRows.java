/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.io.PrintStream;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.types.Row;

/**
 * Comma-separated values with a header (RFC 4180). NULL is nothing, an empty text is {@code ""}.
 */
final class CsvRows implements RowPrinter {

  private static final String END = "\r\n";

  private final List<Column> columns;
  private final CellText text;
  private final PrintStream out;

  CsvRows(List<Column> columns, CellText text, PrintStream out) {
    this.columns = columns;
    this.text = text;
    this.out = out;
    StringJoiner header = new StringJoiner(",", "", END);
    columns.forEach(column -> header.add(field(column.getName())));
    out.print(header);
  }

  @Override
  public void print(Row row) {
    StringJoiner line = new StringJoiner(",", "", END);
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.getField(i);
      LogicalType type = columns.get(i).getDataType().getLogicalType();
      line.add(value == null ? "" : field(text.of(value, type)));
    }
    out.print(line);
  }

  @Override
  public void end() {
    out.flush();
  }

  private static String field(String value) {
    boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}

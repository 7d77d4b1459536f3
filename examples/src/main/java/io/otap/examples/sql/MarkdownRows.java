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

/** A table of Markdown. */
final class MarkdownRows implements RowPrinter {

  private final List<Column> columns;
  private final CellText text;
  private final PrintStream out;

  MarkdownRows(List<Column> columns, CellText text, PrintStream out) {
    this.columns = columns;
    this.text = text;
    this.out = out;
    StringJoiner names = line();
    StringJoiner rule = line();
    for (Column column : columns) {
      names.add(escaped(column.getName()));
      rule.add(CellText.isNumber(column.getDataType().getLogicalType()) ? "---:" : "---");
    }
    out.println(names);
    out.println(rule);
  }

  @Override
  public void print(Row row) {
    StringJoiner line = line();
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.getField(i);
      LogicalType type = columns.get(i).getDataType().getLogicalType();
      line.add(value == null ? AlignedTable.NULL : escaped(text.of(value, type)));
    }
    out.println(line);
  }

  @Override
  public void end() {
    out.flush();
  }

  private static StringJoiner line() {
    return new StringJoiner(" | ", "| ", " |");
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("\\R", "<br>");
  }
}

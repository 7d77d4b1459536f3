/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.types.Row;

/**
 * Columns one below the other. The widths follow the first rows; what is wider is cut, with a mark,
 * unless it is wanted in full.
 */
final class AlignedTable implements RowPrinter {

  static final String NULL = "NULL";

  /** Rows that are held to find the widths. */
  static final int MEASURED = 1000;

  /** Widest column, if values may be cut. */
  static final int WIDEST = 64;

  private static final String MARK = "\u2026";

  private final List<Column> columns;
  private final CellText text;
  private final boolean full;
  private final PrintStream out;
  private final List<String[]> held = new ArrayList<>();
  private int[] widths;

  AlignedTable(List<Column> columns, CellText text, boolean full, PrintStream out) {
    this.columns = columns;
    this.text = text;
    this.full = full;
    this.out = out;
  }

  @Override
  public void print(Row row) {
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      Object value = row.getField(i);
      cells[i] = value == null ? NULL : oneLine(text.of(value, type(i)));
    }
    if (widths != null) {
      line(cells);
      return;
    }
    held.add(cells);
    if (held.size() == MEASURED) {
      begin();
    }
  }

  @Override
  public void end() {
    if (widths == null) {
      begin();
    }
    out.flush();
  }

  private void begin() {
    String[] names = columns.stream().map(Column::getName).toArray(String[]::new);
    widths = Arrays.stream(names).mapToInt(DisplayWidth::of).toArray();
    for (String[] cells : held) {
      for (int i = 0; i < cells.length; i++) {
        int width = DisplayWidth.of(cells[i]);
        widths[i] = Math.max(widths[i], full ? width : Math.min(width, WIDEST));
      }
    }
    line(names);
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
    }
    out.println(rule);
    held.forEach(this::line);
    held.clear();
  }

  private void line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String cell = full ? cells[i] : DisplayWidth.cut(cells[i], widths[i], MARK);
      String padding = " ".repeat(Math.max(0, widths[i] - DisplayWidth.of(cell)));
      line.append(i == 0 ? " " : " | ");
      line.append(CellText.isNumber(type(i)) ? padding + cell : cell + padding);
    }
    out.println(line.toString().stripTrailing());
  }

  private LogicalType type(int column) {
    return columns.get(column).getDataType().getLogicalType();
  }

  /** Line breaks and other control characters as they are written in strings. */
  private static String oneLine(String value) {
    StringBuilder line = null;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) && line == null) {
        line = new StringBuilder(value.substring(0, i));
      }
      if (line == null) {
        continue;
      }
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return line == null ? value : line.toString();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Collects columns over tables, and takes their types from the model. */
final class ColumnList {

  private final List<TableColumn> columns = new ArrayList<>();
  private final List<PayloadType> tables;
  private final boolean points;

  /**
   * @param points whether the rows are data points
   * @param tables the tables that may have the columns
   */
  private ColumnList(boolean points, List<PayloadType> tables) {
    this.points = points;
    this.tables = tables;
  }

  static ColumnList of(PayloadType table) {
    return new ColumnList(false, List.of(table));
  }

  static ColumnList ofPoints(PayloadType... tables) {
    return new ColumnList(true, List.of(tables));
  }

  /** A column with the values of a column of the table. */
  ColumnList value(String name, String path, String description) {
    Column column = column(path);
    boolean never =
        column.nulls() != Column.Nulls.ABSENT
            && column.type().fixedLength() == 0
            && column.type() != ColumnType.TIMESTAMP;
    return add(name, new Content.Value(path), SqlTypes.of(column), never, description);
  }

  ColumnList value(String name, String description) {
    return value(name, name, description);
  }

  ColumnList filledId(String name, String description) {
    return add(name, new Content.FilledId(name), SqlTypes.STRING, false, description);
  }

  ColumnList code(String name, String path, List<String> names, String description) {
    column(path);
    return add(name, new Content.Code(path, names), SqlTypes.STRING, true, description);
  }

  ColumnList number(String name, boolean integer, String description) {
    return add(
        name,
        new Content.Number(integer),
        integer ? SqlTypes.BIGINT : SqlTypes.DOUBLE,
        false,
        description);
  }

  ColumnList spanEnd(String name, String description) {
    return add(name, new Content.SpanEnd(), SqlTypes.NANOS, false, description);
  }

  ColumnList eventTime(String description, String... paths) {
    columns.add(
        new TableColumn(
            "event_time",
            new Content.EventTime(List.of(paths)),
            SqlTypes.MILLIS,
            points,
            true,
            description));
    return this;
  }

  ColumnList anyValue(String name, String description) {
    return add(name, new Content.AnyValue(name + "."), null, false, description);
  }

  ColumnList attributes(String name, String description) {
    return add(name, new Content.Attributes(), null, true, description);
  }

  ColumnList sharedAttributes(PayloadType table, String idPath, String description) {
    return add("attributes", new Content.SharedAttributes(table, idPath), null, true, description);
  }

  ColumnList resourceAttribute(String name, String key) {
    Content content = new Content.SharedAttribute(PayloadType.RESOURCE_ATTRS, "resource.id", key);
    return add(name, content, SqlTypes.STRING, false, key + " of the resource, as text");
  }

  ColumnList shared(String name, String idPath, List<TableColumn> fields, String description) {
    return add(name, new Content.Shared(idPath, fields), null, true, description);
  }

  ColumnList children(String name, String folderEnd, List<TableColumn> fields, String description) {
    return add(name, new Content.Children(folderEnd, fields), null, true, description);
  }

  ColumnList quantiles(String name, String description) {
    LogicalType item =
        RowType.of(
            new LogicalType[] {SqlTypes.DOUBLE, SqlTypes.DOUBLE},
            new String[] {"quantile", "value"});
    return add(name, new Content.Quantiles(), new ArrayType(item), true, description);
  }

  List<TableColumn> list() {
    return List.copyOf(columns);
  }

  private ColumnList add(
      String name, Content content, LogicalType type, boolean neverNull, String description) {
    columns.add(new TableColumn(name, content, type, points, neverNull && !points, description));
    return this;
  }

  private Column column(String path) {
    return tables.stream()
        .filter(table -> table.has(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table has " + path))
        .column(path);
  }
}

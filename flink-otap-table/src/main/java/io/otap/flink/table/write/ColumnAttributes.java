/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** The attributes of a record, a resource or a scope that have columns of their own. */
final class ColumnAttributes {

  private final List<ColumnAttribute> columns = new ArrayList<>();

  /**
   * @param key of an attribute that is one of them, else null
   */
  private ColumnAttributes(SignalTable table, RowType declared, Function<Content, String> key) {
    for (int i = 0; i < declared.getFieldCount(); i++) {
      TableColumn column = column(table, declared.getFieldNames().get(i));
      String own = key.apply(column.content());
      if (own != null) {
        LogicalType type = declared.getTypeAt(i);
        RowData.FieldGetter getter = RowData.createFieldGetter(type, i);
        columns.add(new ColumnAttribute(column.name(), own, AttributeForm.of(type), getter));
      }
    }
  }

  /** Those of the record. */
  static ColumnAttributes ofRecord(SignalTable table, RowType declared) {
    return new ColumnAttributes(
        table, declared, content -> content instanceof Content.Attribute own ? own.key() : null);
  }

  /** Those of what records share. */
  static ColumnAttributes of(Content.Shared shared, SignalTable table, RowType declared) {
    return new ColumnAttributes(
        table,
        declared,
        content ->
            content instanceof Content.SharedAttribute own && own.idPath().equals(shared.idPath())
                ? own.key()
                : null);
  }

  private static TableColumn column(SignalTable table, String name) {
    TableColumn column = table.column(name);
    return column == null ? table.attribute(name) : column;
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /**
   * The attributes, and those of the columns that are not among them.
   *
   * @throws OtapException of kind SCHEMA if they say something else than a column
   */
  List<KeyValue> in(List<KeyValue> attributes, RowData row) throws OtapException {
    List<KeyValue> all = attributes;
    for (ColumnAttribute column : columns) {
      all = column.in(all, row);
    }
    return all;
  }
}

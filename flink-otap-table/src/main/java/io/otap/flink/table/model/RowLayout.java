/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * What rows of a table are made of: some of its columns, fields inside of them, and metadata. What
 * the planner asks for and what reading gives meet here.
 */
@Internal
public record RowLayout(SignalTable table, List<Field> fields) implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * @param path names from the column inwards; of metadata the key
   * @param type as declared, which says the form of values
   */
  public record Field(List<String> path, LogicalType type, boolean metadata)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    public Field {
      path = List.copyOf(path);
    }
  }

  public RowLayout {
    fields = List.copyOf(fields);
  }

  /** All columns of a declared row. */
  public static RowLayout of(SignalTable table, RowType declared) {
    return new RowLayout(
        table,
        declared.getFields().stream()
            .map(field -> new Field(List.of(field.getName()), field.getType(), false))
            .toList());
  }

  /**
   * Some columns of a declared row, or fields inside of them.
   *
   * @param paths as in Flink's projections: indexes from the column inwards
   */
  public static RowLayout of(SignalTable table, RowType declared, int[][] paths) {
    List<Field> fields = new ArrayList<>();
    for (int[] path : paths) {
      List<String> names = new ArrayList<>();
      LogicalType type = declared;
      for (int index : path) {
        RowType row = (RowType) type;
        names.add(row.getFieldNames().get(index));
        type = row.getTypeAt(index);
      }
      fields.add(new Field(names, type, false));
    }
    return new RowLayout(table, fields);
  }

  /** The layout with metadata behind its fields. */
  public RowLayout withMetadata(List<String> keys) {
    List<Field> extended = new ArrayList<>(fields);
    for (String key : keys) {
      extended.add(new Field(List.of(key), MetadataColumn.ofKey(key).type(), true));
    }
    return new RowLayout(table, extended);
  }

  /** The column at a path, or the field inside of one. */
  public TableColumn column(Field field) {
    TableColumn column = table.column(field.path().get(0));
    for (String name : field.path().subList(1, field.path().size())) {
      column = column.field(name);
    }
    return column;
  }
}

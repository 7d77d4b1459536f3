/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * @param path names from the column inwards; the key of an attribute or of metadata
   * @param type as declared, which says the form of values
   * @param metadata whether it is about the origin of a row, a {@link MetadataColumn}
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

  /**
   * The layout with what is declared as metadata behind its fields: attributes, and what is about
   * the origin of a row.
   *
   * @param types by key, in order
   */
  public RowLayout withMetadata(Map<String, LogicalType> types) {
    List<Field> extended = new ArrayList<>(fields);
    types.forEach(
        (key, type) ->
            extended.add(new Field(List.of(key), type, MetadataColumn.ofKey(key) != null)));
    return new RowLayout(table, extended);
  }

  /** The column at a path, the field inside of one, or the column of an attribute. */
  public TableColumn column(Field field) {
    String first = field.path().get(0);
    TableColumn column = table.column(first);
    if (column == null) {
      return table.attribute(first);
    }
    for (String name : field.path().subList(1, field.path().size())) {
      column = column.field(name);
    }
    return column;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Compares the columns that somebody declared with those that a table has. */
@Internal
public final class Declaration {

  private Declaration() {}

  /**
   * @param declared physical columns; some of the table's, in any order
   * @throws OtapException of kind CONFIG if the table has no such column, or its type does not fit
   */
  public static void check(SignalTable table, RowType declared) throws OtapException {
    check("the table " + table.id(), "", table.columns(), declared);
  }

  /**
   * @param name of a column that is declared as metadata
   * @param key which metadata
   * @return whether it is an attribute; if not, the planner compares the type
   * @throws OtapException of kind CONFIG if there is no such metadata, or the type does not fit
   */
  public static boolean checkMetadata(SignalTable table, String name, String key, LogicalType type)
      throws OtapException {
    if (MetadataColumn.ofKey(key) != null) {
      return false;
    }
    TableColumn attribute = table.attribute(key);
    if (attribute == null) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "the column "
              + name
              + " of the table "
              + table.id()
              + " cannot be METADATA FROM '"
              + key
              + "'; what fits is "
              + Stream.of(MetadataColumn.values())
                  .map(MetadataColumn::key)
                  .collect(Collectors.joining(", "))
              + ", or "
              + String.join(", ", AttributeColumns.prefixes(table.columns()))
              + " with the key of an attribute behind");
    }
    requireFits("the table " + table.id(), name, attribute, type);
    return true;
  }

  private static void check(
      String where, String prefix, List<TableColumn> columns, RowType declared)
      throws OtapException {
    for (RowType.RowField field : declared.getFields()) {
      TableColumn column = TableColumn.find(columns, field.getName());
      String path = prefix + field.getName();
      if (column == null) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            where
                + " has no column "
                + path
                + "; it has "
                + columns.stream().map(c -> prefix + c.name()).collect(Collectors.joining(", ")));
      }
      requireFits(where, path, column, field.getType());
      if (!column.fields().isEmpty()) {
        LogicalType rows =
            field.getType() instanceof ArrayType array ? array.getElementType() : field.getType();
        check(where, path + ".", column.fields(), (RowType) rows);
      }
    }
  }

  private static void requireFits(String where, String path, TableColumn column, LogicalType type)
      throws OtapException {
    String fitting = column.misfit(type);
    if (fitting != null) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "the column "
              + path
              + " of "
              + where
              + " cannot be "
              + type.asSummaryString()
              + "; what fits is "
              + fitting);
    }
  }
}

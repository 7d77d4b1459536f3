/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.util.List;
import java.util.stream.Collectors;
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
      String fitting = column.misfit(field.getType());
      if (fitting != null) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "the column "
                + path
                + " of "
                + where
                + " cannot be "
                + field.getType().asSummaryString()
                + "; what fits is "
                + fitting);
      }
      if (!column.fields().isEmpty()) {
        LogicalType rows =
            field.getType() instanceof ArrayType array ? array.getElementType() : field.getType();
        check(where, path + ".", column.fields(), (RowType) rows);
      }
    }
  }
}

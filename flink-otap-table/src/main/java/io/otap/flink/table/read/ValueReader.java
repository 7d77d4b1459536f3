/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static io.otap.core.model.AttributeType.BOOL;
import static io.otap.core.model.AttributeType.BYTES;
import static io.otap.core.model.AttributeType.DOUBLE;
import static io.otap.core.model.AttributeType.INT;

import io.otap.core.batch.AnyValueColumns;
import io.otap.core.batch.Cells;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.AttributeType;
import io.otap.core.otlp.AnyValueBytes;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.value.AnyValues;
import io.otap.flink.table.value.ValueVariant;

/** Values of any type. */
final class ValueReader {

  private ValueReader() {}

  /**
   * @param prefix of the columns' paths, {@code body.} or nothing
   */
  static FieldReader of(ValueForm form, OtapTable table, String prefix) {
    AnyValueColumns columns = AnyValueColumns.of(table, prefix);
    AnyValueBytes values = new AnyValueBytes(table, prefix);
    return switch (form) {
      case TEXT -> new ValueTexts(columns, values);
      case VARIANT -> row -> ValueVariant.of(AnyValues.parse(values.get(row)));
      case EXACT ->
          row -> columns.typeCode(row) == AttributeType.EMPTY.code() ? null : values.get(row);
    };
  }

  /**
   * @param table of attributes
   */
  static FieldReader of(AttributeForm form, OtapTable table) {
    AnyValueColumns columns = AnyValueColumns.of(table, "");
    return switch (form) {
      case TEXT -> of(ValueForm.TEXT, table, "");
      case VARIANT -> of(ValueForm.VARIANT, table, "");
      case INT ->
          typed(table, columns, (type, row) -> type == INT ? Cells.get(columns.ints(), row) : null);
      case DOUBLE ->
          typed(
              table,
              columns,
              (type, row) ->
                  type == DOUBLE
                      ? Double.valueOf(Cells.get(columns.doubles(), row))
                      : type == INT ? Double.valueOf(Cells.get(columns.ints(), row)) : null);
      case BOOL ->
          typed(
              table,
              columns,
              (type, row) -> type == BOOL ? Cells.get(columns.bools(), row) != 0 : null);
      case BYTES ->
          typed(
              table,
              columns,
              (type, row) -> type == BYTES ? Cells.bytes(columns.bytes(), row) : null);
    };
  }

  /** A value if it is of a type that is wanted. */
  private interface Typed {
    Object read(AttributeType type, int row);
  }

  private static FieldReader typed(OtapTable table, AnyValueColumns columns, Typed values) {
    AnyValueBytes encoded = new AnyValueBytes(table, "");
    return row -> {
      AttributeType type = columns.type(row);
      if (type == null) {
        // Which refuses a code that is none of the format.
        encoded.get(row);
      }
      return values.read(type, row);
    };
  }
}

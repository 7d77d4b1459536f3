/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A column of a SQL table, or a field of a row in one.
 *
 * @param fixedType its type; null if it depends on the form of values or attributes
 * @param ofPoints whether it is about a data point, and so null where a metric has none
 * @param neverNull whether there is always a value
 * @param description what it says, for people
 */
@Internal
public record TableColumn(
    String name,
    Content content,
    LogicalType fixedType,
    boolean ofPoints,
    boolean neverNull,
    String description) {

  /** The type with values in this form. */
  public LogicalType type(ValueForm form) {
    if (fixedType != null) {
      return fixedType;
    }
    if (content instanceof Content.AnyValue) {
      return form.valueType();
    }
    if (isAttribute()) {
      return AttributeForm.TEXT.type();
    }
    if (content instanceof Content.Shared shared) {
      return row(shared.fields(), form);
    }
    if (content instanceof Content.Children children) {
      return new ArrayType(row(children.fields(), form));
    }
    return form.attributesType();
  }

  /** Whether it shows one attribute. */
  public boolean isAttribute() {
    return content instanceof Content.Attribute || content instanceof Content.SharedAttribute;
  }

  /** The fields of its row, or of the rows in its array; none for other columns. */
  public List<TableColumn> fields() {
    if (content instanceof Content.Shared shared) {
      return shared.fields();
    }
    return content instanceof Content.Children children ? children.fields() : List.of();
  }

  /** The field of this name, or null. */
  public TableColumn field(String name) {
    return find(fields(), name);
  }

  static TableColumn find(List<TableColumn> columns, String name) {
    return columns.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * Whether a declared type fits. Of a row some fields suffice, in any order.
   *
   * @return null, or what fits
   */
  String misfit(LogicalType declared) {
    if (!declared.isNullable() && !neverNull) {
      return misfitText() + ", without NOT NULL";
    }
    if (fixedType != null) {
      return SqlTypes.same(fixedType, declared) ? null : misfitText();
    }
    if (content instanceof Content.AnyValue) {
      return ValueForm.ofValue(declared) == null ? misfitText() : null;
    }
    if (isAttribute()) {
      return AttributeForm.of(declared) == null ? misfitText() : null;
    }
    if (fields().isEmpty()) {
      return ValueForm.ofAttributes(declared) == null ? misfitText() : null;
    }
    LogicalType rows = declared;
    if (content instanceof Content.Children) {
      if (!(declared instanceof ArrayType array)) {
        return misfitText();
      }
      rows = array.getElementType();
    }
    return rows instanceof RowType ? null : misfitText();
  }

  private String misfitText() {
    if (fixedType != null) {
      return fixedType.asSummaryString();
    }
    if (!fields().isEmpty()) {
      return type(ValueForm.TEXT).asSummaryString();
    }
    Stream<LogicalType> types =
        isAttribute()
            ? Arrays.stream(AttributeForm.values()).map(AttributeForm::type)
            : Arrays.stream(ValueForm.values()).map(this::type);
    return types.map(LogicalType::asSummaryString).collect(Collectors.joining(" or "));
  }

  private static RowType row(List<TableColumn> fields, ValueForm form) {
    return RowType.of(
        fields.stream().map(field -> field.type(form)).toArray(LogicalType[]::new),
        fields.stream().map(TableColumn::name).toArray(String[]::new));
  }
}

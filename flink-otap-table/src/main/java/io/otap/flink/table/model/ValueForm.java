/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.VariantType;

/**
 * How values of any type (attributes, log bodies) appear in a column. The type that is declared for
 * the column chooses.
 */
@PublicEvolving
public enum ValueForm {
  /**
   * Text: {@code MAP<STRING, STRING>}, or {@code STRING} for a body. Numbers and booleans as they
   * are written in JSON, bytes in base64, maps and arrays as JSON; of repeated keys the first. The
   * types of values are lost.
   */
  TEXT(new VarCharType(VarCharType.MAX_LENGTH)),
  /**
   * Typed: {@code MAP<STRING, VARIANT>}, or {@code VARIANT} for a body; of repeated keys the first.
   */
  VARIANT(new VariantType()),
  /**
   * Nothing lost: {@code ARRAY<ROW<`key` STRING, `value` BYTES>>}, or {@code BYTES} for a body,
   * with the bytes of OTLP's AnyValue. Keeps order, types and repeated keys.
   */
  EXACT(new VarBinaryType(VarBinaryType.MAX_LENGTH));

  private final LogicalType value;

  ValueForm(LogicalType value) {
    this.value = value;
  }

  /** The type of a single value. */
  public LogicalType valueType() {
    return value;
  }

  /** The type of attributes. */
  public LogicalType attributesType() {
    LogicalType key = TEXT.value;
    return this == EXACT
        ? new ArrayType(RowType.of(new LogicalType[] {key, value}, new String[] {"key", "value"}))
        : new MapType(key, value);
  }

  /** The form of a single value of this type, or null. */
  public static ValueForm ofValue(LogicalType type) {
    for (ValueForm form : values()) {
      if (SqlTypes.same(form.value, type)) {
        return form;
      }
    }
    return null;
  }

  /** The form of attributes of this type, or null. */
  public static ValueForm ofAttributes(LogicalType type) {
    if (type instanceof MapType map) {
      ValueForm form = ofValue(map.getValueType());
      return form != EXACT && SqlTypes.same(TEXT.value, map.getKeyType()) ? form : null;
    }
    if (type instanceof ArrayType array
        && array.getElementType().is(LogicalTypeRoot.ROW)
        && array.getElementType().getChildren().size() == 2
        && SqlTypes.same(TEXT.value, array.getElementType().getChildren().get(0))
        && SqlTypes.same(EXACT.value, array.getElementType().getChildren().get(1))) {
      return EXACT;
    }
    return null;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VariantType;

/**
 * How an attribute appears in a column of its own. The type that is declared for the column
 * chooses. What is not there, or of another type than the column, is null.
 */
@PublicEvolving
public enum AttributeForm {
  /** {@code STRING}: a value of any type, as {@link ValueForm#TEXT} has it. */
  TEXT(SqlTypes.STRING),
  /** {@code BIGINT}: an int. */
  INT(SqlTypes.BIGINT),
  /** {@code DOUBLE}: a double or an int. */
  DOUBLE(SqlTypes.DOUBLE),
  /** {@code BOOLEAN}: a bool. */
  BOOL(new BooleanType()),
  /** {@code BYTES}: bytes. */
  BYTES(new VarBinaryType(VarBinaryType.MAX_LENGTH)),
  /** {@code VARIANT}: a value of any type, as {@link ValueForm#VARIANT} has it. */
  VARIANT(new VariantType());

  private final LogicalType type;

  AttributeForm(LogicalType type) {
    this.type = type;
  }

  public LogicalType type() {
    return type;
  }

  /** The form in a column of this type, or null. */
  public static AttributeForm of(LogicalType type) {
    for (AttributeForm form : values()) {
      if (SqlTypes.same(form.type, type)) {
        return form;
      }
    }
    return null;
  }
}

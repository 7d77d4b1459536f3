/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.AttributeType;

/**
 * The columns that together hold an AnyValue: those of an attribute table, or of a log body. {@code
 * type} decides which one counts (OTAP-FORMAT 2.8). Columns may be null: absent.
 */
@Internal
public record AnyValueColumns(
    ByteVector types,
    BinaryVector strings,
    LongVector ints,
    DoubleVector doubles,
    ByteVector bools,
    BinaryVector bytes,
    BinaryVector serialized) {

  /**
   * @param prefix of the columns' paths: {@code body.}, or nothing in an attribute table
   */
  public static AnyValueColumns of(OtapTable table, String prefix) {
    return new AnyValueColumns(
        table.byteVector(prefix + AttributeType.COLUMN),
        table.binaryVector(prefix + AttributeType.STRING.column()),
        table.longVector(prefix + AttributeType.INT.column()),
        table.doubleVector(prefix + AttributeType.DOUBLE.column()),
        table.byteVector(prefix + AttributeType.BOOL.column()),
        table.binaryVector(prefix + AttributeType.BYTES.column()),
        table.binaryVector(prefix + AttributeType.MAP.column()));
  }

  /** The code of a row's type. */
  public int typeCode(int row) {
    return Cells.get(types, row);
  }

  /** The type of a row's value; null if the code is none of the format. */
  public AttributeType type(int row) {
    return AttributeType.ofCode(Cells.get(types, row));
  }
}

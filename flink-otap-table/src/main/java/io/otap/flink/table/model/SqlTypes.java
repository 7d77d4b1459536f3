/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/** The SQL types of the model's types. All may be null. */
final class SqlTypes {

  static final LogicalType STRING = new VarCharType(VarCharType.MAX_LENGTH);
  static final LogicalType INT = new IntType();
  static final LogicalType BIGINT = new BigIntType();
  static final LogicalType DOUBLE = new DoubleType();
  static final LogicalType NANOS = new LocalZonedTimestampType(9);
  static final LogicalType MILLIS = new LocalZonedTimestampType(3);

  /** Digits of 2^64 - 1. */
  private static final LogicalType UNSIGNED = new DecimalType(20, 0);

  private SqlTypes() {}

  static LogicalType of(Column column) {
    LogicalType type = of(column.type());
    return column.list() ? new ArrayType(type) : type;
  }

  private static LogicalType of(ColumnType type) {
    return switch (type) {
      case BOOL -> new BooleanType();
      case UINT8, UINT16, INT32 -> INT;
      case UINT32, INT64, DURATION -> BIGINT;
      case UINT64 -> UNSIGNED;
      case FLOAT64 -> DOUBLE;
      case TIMESTAMP -> NANOS;
      case UTF8, FIXED8, FIXED16 -> STRING;
      case BINARY -> throw new IllegalArgumentException("bytes have forms of their own");
    };
  }

  /** Whether types are the same but for nullability. */
  static boolean same(LogicalType a, LogicalType b) {
    return a.copy(true).equals(b.copy(true));
  }
}

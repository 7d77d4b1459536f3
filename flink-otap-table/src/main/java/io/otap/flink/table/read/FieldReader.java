/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.error.OtapException;

/** Reads what a SQL column shows from a row of a table, in Flink's internal form. */
interface FieldReader {

  /** Null of every row. */
  FieldReader NONE = row -> null;

  /** The {@link #code} of what has none. */
  int NO_CODE = -1;

  /** The value for a row of the table; null for SQL's null. */
  Object read(int row) throws OtapException;

  default boolean isNull(int row) throws OtapException {
    return read(row) == null;
  }

  /**
   * A small number that stands for the value of a row, found without reading it: values of equal
   * codes are equal.
   */
  default int code(int row) {
    return NO_CODE;
  }
}

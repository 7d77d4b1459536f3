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

  /** The value for a row of the table; null for SQL's null. */
  Object read(int row) throws OtapException;
}

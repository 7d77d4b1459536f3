/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.otap.core.error.OtapException;

/** Writes what a SQL column has into a row of a table. */
interface FieldWriter {

  /**
   * @param value in Flink's internal form; null for SQL's null
   * @throws OtapException of kind SCHEMA if the value is none that OTLP can hold
   */
  void write(int row, Object value) throws OtapException;
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import org.apache.flink.types.Row;

/** Prints the rows of one result. */
interface RowPrinter {

  void print(Row row);

  /** There are no more rows. */
  void end();
}

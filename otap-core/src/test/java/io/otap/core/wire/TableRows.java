/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.model.PayloadType;

/** Rows of a table with plain ids, wherever they come from. */
interface TableRows {

  PayloadType type();

  int rows();

  /**
   * The value of a column: a boxed number or boolean, a string, bytes in hexadecimal, a list of
   * these; null for a null or an absent column.
   */
  Object get(String path, int row);

  /** An id; null if there is none. */
  default Long id(String path, int row) {
    Object value = get(path, row);
    return value == null ? null : ((Number) value).longValue();
  }
}

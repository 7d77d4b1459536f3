/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;
import java.util.List;

/** Tables put one behind the other. */
@Internal
public final class Concatenation {

  private Concatenation() {}

  /** The rows of all tables, which are of one type, in order. */
  public static OtapTable of(PayloadType type, List<OtapTable> tables) {
    if (tables.size() == 1) {
      return tables.get(0);
    }
    int rows = 0;
    for (OtapTable table : tables) {
      rows = Math.addExact(rows, table.rows());
    }
    GrowingTable all = new GrowingTable(type, rows);
    tables.forEach(table -> all.append(table, 0, table.rows()));
    return all.table();
  }
}

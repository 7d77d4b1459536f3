/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;

/**
 * Rows of one table, copied from others one after another into one set of buffers. A dictionary is
 * not copied but shared, as long as all rows have the same; strings with several are held plainly.
 */
@Internal
public final class GrowingTable {

  private final PayloadType type;
  private final GrowingColumn[] columns;
  private final int expectedRows;
  private int rows;

  /**
   * @param expectedRows how many rows there will probably be
   */
  public GrowingTable(PayloadType type, int expectedRows) {
    this.type = type;
    this.columns = new GrowingColumn[type.columns().size()];
    this.expectedRows = expectedRows;
  }

  /** Whether all strings are held with these rows as they were before. */
  public boolean takes(OtapTable table) {
    for (Column column : type.columns()) {
      GrowingColumn before = columns[column.index()];
      Vector vector = table.vector(column);
      if (before != null && vector != null && !before.takes(vector)) {
        return false;
      }
    }
    return true;
  }

  /** Appends the rows from {@code from} to {@code to}, exclusive. */
  public void append(OtapTable table, int from, int to) {
    if (from == to) {
      return;
    }
    int end = Math.addExact(rows, to - from);
    for (Column column : type.columns()) {
      Vector vector = table.vector(column);
      GrowingColumn grown = columns[column.index()];
      if (grown == null && vector != null) {
        grown = GrowingColumn.like(vector, Math.max(end, expectedRows));
        grown.appendNulls(0, rows);
        columns[column.index()] = grown;
      } else if (grown != null && vector != null && !grown.takes(vector)) {
        grown = grown.taking(vector, to - from, rows);
        columns[column.index()] = grown;
      }
      if (vector != null) {
        grown.append(vector, from, to, rows);
      } else if (grown != null) {
        grown.appendNulls(rows, end);
      }
    }
    rows = end;
  }

  public int rows() {
    return rows;
  }

  /** Bytes of the rows without dictionaries, as an estimate. */
  public long exclusiveBytes() {
    long bytes = 0;
    for (GrowingColumn column : columns) {
      bytes += column == null ? 0 : column.exclusiveBytes(rows);
    }
    return bytes;
  }

  /** The rows so far. To be called once, when there are all. */
  public OtapTable table() {
    Vector[] vectors = new Vector[columns.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = columns[i] == null ? null : columns[i].vector(rows);
    }
    return new OtapTable(type, rows, vectors);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.PayloadType;

/** Collects a table row by row. */
@Internal
public final class TableBuilder {

  private final PayloadType type;
  private final ColumnBuilder[] columns;
  private int rows;

  public TableBuilder(PayloadType type) {
    this.type = type;
    this.columns = type.columns().stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
  }

  /** Adds a row of nulls and gives its number. */
  public int addRow() {
    return rows++;
  }

  public int rows() {
    return rows;
  }

  public ByteColumnBuilder bytes(String path) {
    return (ByteColumnBuilder) column(path);
  }

  public IntColumnBuilder ints(String path) {
    return (IntColumnBuilder) column(path);
  }

  public LongColumnBuilder longs(String path) {
    return (LongColumnBuilder) column(path);
  }

  public DoubleColumnBuilder doubles(String path) {
    return (DoubleColumnBuilder) column(path);
  }

  public BinaryColumnBuilder binaries(String path) {
    return (BinaryColumnBuilder) column(path);
  }

  public ListColumnBuilder lists(String path) {
    return (ListColumnBuilder) column(path);
  }

  /** The rows so far. To be called once. */
  public OtapTable build() {
    Vector[] vectors = new Vector[columns.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = columns[i].build(rows);
    }
    return new OtapTable(type, rows, vectors);
  }

  private ColumnBuilder column(String path) {
    return columns[type.column(path).index()];
  }
}

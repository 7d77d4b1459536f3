/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;

/**
 * Rows of one table. A column without any value may be absent; it then reads as nulls. Immutable.
 */
@PublicEvolving
public final class OtapTable {

  private final PayloadType type;
  private final int rows;
  private final Vector[] vectors;

  /**
   * @param vectors by {@link Column#index()}, each of {@code rows} values; null where absent; not
   *     copied
   */
  public OtapTable(PayloadType type, int rows, Vector[] vectors) {
    if (vectors.length != type.columns().size()) {
      throw new IllegalArgumentException(
          type + " has " + type.columns().size() + " columns, not " + vectors.length);
    }
    for (int i = 0; i < vectors.length; i++) {
      Vector vector = vectors[i];
      Column column = type.columns().get(i);
      if (vector == null) {
        continue;
      }
      if (vector.length() != rows) {
        throw new IllegalArgumentException(
            column + " has " + vector.length() + " values for " + rows + " rows");
      }
      if (vector.storage() != column.type().storage()
          || vector instanceof ListVector != column.list()) {
        throw new IllegalArgumentException(column + " cannot be held by " + vector.getClass());
      }
    }
    this.type = type;
    this.rows = rows;
    this.vectors = vectors;
  }

  public static OtapTable empty(PayloadType type) {
    return new OtapTable(type, 0, new Vector[type.columns().size()]);
  }

  public PayloadType type() {
    return type;
  }

  public int rows() {
    return rows;
  }

  /** The values of a column; null if absent, which reads as nulls. */
  public Vector vector(Column column) {
    return vectors[column.index()];
  }

  public ByteVector byteVector(String path) {
    return (ByteVector) vectors[type.column(path).index()];
  }

  public IntVector intVector(String path) {
    return (IntVector) vectors[type.column(path).index()];
  }

  public LongVector longVector(String path) {
    return (LongVector) vectors[type.column(path).index()];
  }

  public DoubleVector doubleVector(String path) {
    return (DoubleVector) vectors[type.column(path).index()];
  }

  public BinaryVector binaryVector(String path) {
    return (BinaryVector) vectors[type.column(path).index()];
  }

  public ListVector listVector(String path) {
    return (ListVector) vectors[type.column(path).index()];
  }

  /** The table with this column in place of what it has. */
  public OtapTable with(Column column, Vector vector) {
    Vector[] changed = vectors.clone();
    changed[column.index()] = vector;
    return new OtapTable(type, rows, changed);
  }

  /** The rows {@code order[from..to)} in that order. */
  public OtapTable gather(int[] order, int from, int to) {
    Vector[] out = new Vector[vectors.length];
    Placement placement = hasNulls() ? Placement.of(rows, order, from, to) : null;
    for (int i = 0; i < out.length; i++) {
      Vector vector = vectors[i];
      if (vector != null && vector.hasNulls() && placement != null) {
        out[i] = vector.placed(placement);
      }
      if (vector != null && out[i] == null) {
        out[i] = vector.gather(order, from, to);
      }
    }
    return new OtapTable(type, to - from, out);
  }

  private boolean hasNulls() {
    for (Vector vector : vectors) {
      if (vector != null && vector.hasNulls()) {
        return true;
      }
    }
    return false;
  }

  /** The rows from {@code from} to {@code to}, exclusive. */
  public OtapTable slice(int from, int to) {
    if (from == 0 && to == rows) {
      return this;
    }
    Vector[] out = new Vector[vectors.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = vectors[i] == null ? null : vectors[i].slice(from, to);
    }
    return new OtapTable(type, to - from, out);
  }

  /** Bytes of the buffers, as an estimate. */
  public long bytes() {
    long sum = 0;
    for (Vector vector : vectors) {
      sum += vector == null ? 0 : vector.bytes();
    }
    return sum;
  }

  /** Bytes of the buffers without dictionaries, which other tables may share. */
  public long exclusiveBytes() {
    long sum = 0;
    for (Vector vector : vectors) {
      sum += vector == null ? 0 : vector.exclusiveBytes();
    }
    return sum;
  }

  @Override
  public String toString() {
    return type.folder() + "[" + rows + "]";
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Writes tables and what goes with them in their byte form: for each column the values of the rows
 * that have one, whole numbers packed, a dictionary cut down to the entries in use. Columns are
 * named by their position in the model.
 */
@Internal
public final class TableWriter {

  static final int ABSENT = 0;
  static final int PRESENT = 1;

  private final DataOutput out;
  private final BufferOutput buffers;
  private final VectorWriter vectors;

  public TableWriter(DataOutput out) {
    this.out = out;
    this.buffers = new BufferOutput(out);
    this.vectors = new VectorWriter(buffers, out);
  }

  public void table(OtapTable table) throws IOException {
    List<Column> columns = table.type().columns();
    out.writeByte(table.type().number());
    out.writeInt(table.rows());
    out.writeByte((int) columns.stream().filter(c -> table.vector(c) != null).count());
    for (Column column : columns) {
      Vector vector = table.vector(column);
      if (vector != null) {
        out.writeByte(column.index());
        vectors.write(vector);
      }
    }
  }

  public void string(String value) throws IOException {
    buffers.string(value);
  }

  public void longs(long[] values) throws IOException {
    out.writeInt(values.length);
    buffers.longs(values, values.length);
  }

  /**
   * @param recovery {@link Recovery} ordinals of as many rows, or null
   */
  public void recovery(byte[] recovery, int rows) throws IOException {
    out.writeByte(recovery == null ? ABSENT : PRESENT);
    if (recovery != null) {
      out.write(recovery, 0, rows);
    }
  }
}

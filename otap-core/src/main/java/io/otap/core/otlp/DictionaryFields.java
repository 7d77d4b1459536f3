/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.batch.BinaryVector;

/**
 * The entries of a column's dictionary as fields with their heads, made once for all rows that
 * refer to them.
 */
final class DictionaryFields {

  /**
   * Of an entry, on average; with fewer rows it takes longer to make the fields than to use them.
   */
  private static final int FEWEST_ROWS = 8;

  /** Bytes of a dictionary, of which a copy is held. */
  private static final int LARGEST = 1 << 20;

  private final int[] ids;
  private final int[] starts;
  private final byte[] fields;

  private DictionaryFields(int[] ids, int[] starts, byte[] fields) {
    this.ids = ids;
    this.starts = starts;
    this.fields = fields;
  }

  /** How an entry becomes a field. */
  interface Field {

    void write(ReverseProtoWriter out, byte[] data, int from, int size);
  }

  /**
   * Null if the column is absent or has no dictionary, or if that is large or has many entries for
   * the rows.
   */
  static DictionaryFields of(BinaryVector column, Field field) {
    if (column == null || !column.hasDictionary()) {
      return null;
    }
    int[] offsets = column.offsets();
    int entries = offsets.length - 1;
    int bytes = offsets[entries] - offsets[0];
    if ((long) FEWEST_ROWS * entries > column.length() || bytes > LARGEST) {
      return null;
    }
    int[] starts = new int[entries + 1];
    ReverseProtoWriter out = new ReverseProtoWriter(bytes + 8 * entries);
    for (int entry = entries - 1; entry >= 0; entry--) {
      field.write(out, column.data(), offsets[entry], offsets[entry + 1] - offsets[entry]);
      starts[entry] = -out.written();
    }
    for (int entry = 0; entry <= entries; entry++) {
      starts[entry] += out.written();
    }
    return new DictionaryFields(column.ids(), starts, out.toByteArray());
  }

  /** Writes the field of a row that has a value. */
  void write(ReverseProtoWriter out, int row) {
    int entry = ids[row];
    int start = starts[entry];
    out.raw(fields, start, starts[entry + 1] - start);
  }
}

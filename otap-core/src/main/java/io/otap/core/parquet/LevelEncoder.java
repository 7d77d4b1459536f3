/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.ListVector;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import java.io.IOException;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** Repetition and definition levels of a page, as runs. */
final class LevelEncoder {

  private final WrittenColumn column;
  private final int max;
  private final int nullLevel;
  private final RunLengthBitPackingHybridEncoder definitions;
  private final RunLengthBitPackingHybridEncoder repetitions;
  private int levels;
  private int nulls;

  LevelEncoder(WrittenColumn column) {
    this.column = column;
    this.max = column.maxDefinition();
    this.nullLevel = column.nullDefinition();
    this.definitions = max == 0 ? null : ValueEncoder.runs(BytesUtils.getWidthFromMaxInt(max));
    this.repetitions = column.column().list() ? ValueEncoder.runs(1) : null;
  }

  /**
   * Adds the levels of these rows.
   *
   * @param vector the column, or null if it has no values
   * @param struct rows in which the struct around the column is present, null if in all
   */
  void add(Vector vector, long[] struct, int from, int to) throws IOException {
    if (repetitions != null) {
      addLists((ListVector) vector, struct, from, to);
      return;
    }
    levels += to - from;
    boolean none = vector == null;
    if (!none && !vector.hasNulls()) {
      for (int row = from; row < to && max > 0; row++) {
        definitions.writeInt(max);
      }
      return;
    }
    if (max == 0) {
      refuseNull(vector, from, to);
      return;
    }
    for (int row = from; row < to; row++) {
      if (none || vector.isNull(row)) {
        definitions.writeInt(Validity.get(struct, row) ? nullLevel : 0);
        nulls++;
      } else {
        definitions.writeInt(max);
      }
    }
  }

  private void refuseNull(Vector vector, int from, int to) {
    for (int row = from; row < to; row++) {
      if (vector == null || vector.isNull(row)) {
        throw new IllegalArgumentException(column.column() + " is null in row " + row);
      }
    }
  }

  private void addLists(ListVector lists, long[] struct, int from, int to) throws IOException {
    for (int row = from; row < to; row++) {
      int size = lists == null ? 0 : lists.size(row);
      if (size == 0) {
        boolean empty = lists != null && !lists.isNull(row);
        int outside = Validity.get(struct, row) ? nullLevel : 0;
        repetitions.writeInt(0);
        definitions.writeInt(empty ? nullLevel + 1 : outside);
        levels++;
        nulls++;
        continue;
      }
      for (int i = 0; i < size; i++) {
        repetitions.writeInt(i == 0 ? 0 : 1);
        definitions.writeInt(max);
      }
      levels += size;
    }
  }

  /** Levels of the page: values, and what stands for a null or an empty list. */
  int levels() {
    return levels;
  }

  /** Levels without a value. */
  int nulls() {
    return nulls;
  }

  /** Appends the runs of repetition levels, with their length in front if wanted. */
  void repetitions(PageBytes out, boolean prefixed) throws IOException {
    write(repetitions, out, prefixed);
  }

  void definitions(PageBytes out, boolean prefixed) throws IOException {
    write(definitions, out, prefixed);
  }

  private static void write(RunLengthBitPackingHybridEncoder runs, PageBytes out, boolean prefixed)
      throws IOException {
    if (runs == null) {
      return;
    }
    var bytes = runs.toBytes();
    if (prefixed) {
      out.writeInt((int) bytes.size());
    }
    bytes.writeAllTo(out);
    runs.reset();
  }

  void clear() {
    levels = 0;
    nulls = 0;
  }
}

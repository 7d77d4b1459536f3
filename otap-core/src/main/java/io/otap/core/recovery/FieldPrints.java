/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.RowChanges;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the resource and scope fields of root rows: equal numbers, equal fields (docs/RECOVERY.md
 * 3, A3). A null equals the default.
 */
@Internal
final class FieldPrints {

  private static final List<String> PATHS =
      List.of(
          "resource.schema_url",
          "resource.dropped_attributes_count",
          "scope.name",
          "scope.version",
          "scope.dropped_attributes_count",
          "schema_url");
  private static final byte[] NO_BYTES = {};

  private final ByteStrings strings = new ByteStrings();
  private final IntSequences tuples = new IntSequences();
  private final int[] tuple = new int[PATHS.size()];
  private final Vector[] vectors = new Vector[PATHS.size()];
  private final int[][] entries = new int[PATHS.size()][];
  private final int[][] dictionaries = new int[PATHS.size()][];
  private int last = -1;

  private final RowChanges changes = new RowChanges();
  private int[] numbers = {};

  FieldPrints() {
    strings.intern(NO_BYTES, 0, 0);
  }

  static List<Column> columns(PayloadType type) {
    List<Column> columns = new ArrayList<>();
    for (String path : PATHS) {
      columns.add(type.column(path));
    }
    return columns;
  }

  /** The number of each row's fields; valid until the next call. */
  int[] of(OtapTable table) {
    table(table);
    int rows = table.rows();
    if (numbers.length < rows) {
      numbers = new int[rows];
    }
    changes.reset(rows);
    for (Vector vector : vectors) {
      if (vector != null) {
        changes.add(vector);
      }
    }
    for (int row = 0, next; row < rows; row = next) {
      next = changes.next(row, rows);
      Arrays.fill(numbers, row, next, of(row));
    }
    return numbers;
  }

  private void table(OtapTable table) {
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = table.vector(table.type().column(PATHS.get(k)));
      boolean dictionary = vectors[k] instanceof BinaryVector binary && binary.hasDictionary();
      int[] offsets = dictionary ? ((BinaryVector) vectors[k]).offsets() : null;
      if (offsets != dictionaries[k]) {
        dictionaries[k] = offsets;
        entries[k] = dictionary ? entries((BinaryVector) vectors[k]) : null;
      }
    }
  }

  private int[] entries(BinaryVector vector) {
    int[] offsets = vector.offsets();
    int[] numbers = new int[offsets.length - 1];
    for (int e = 0; e < numbers.length; e++) {
      numbers[e] = strings.intern(vector.data(), offsets[e], offsets[e + 1] - offsets[e]);
    }
    return numbers;
  }

  private int of(int row) {
    boolean same = last >= 0;
    for (int k = 0; k < vectors.length; k++) {
      int value = value(k, row);
      same &= value == tuple[k];
      tuple[k] = value;
    }
    if (!same) {
      last = tuples.intern(tuple, tuple.length);
    }
    return last;
  }

  private int value(int k, int row) {
    Vector vector = vectors[k];
    if (vector == null || vector.isNull(row)) {
      return 0;
    }
    if (vector instanceof IntVector ints) {
      return ints.get(row);
    }
    BinaryVector binary = (BinaryVector) vector;
    return entries[k] != null
        ? entries[k][binary.ids()[row]]
        : strings.intern(binary.data(), binary.start(row), binary.size(row));
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
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

  /** The number of each row's fields. */
  int[] of(OtapTable table) {
    table(table);
    int rows = table.rows();
    boolean[] differs = new boolean[rows];
    for (int k = 0; k < vectors.length; k++) {
      differences(vectors[k], differs);
    }
    int[] numbers = new int[rows];
    for (int row = 0; row < rows; row++) {
      numbers[row] = row == 0 || differs[row] ? of(row) : last;
    }
    return numbers;
  }

  /** Marks the rows that may have another value than the row before. */
  private static void differences(Vector vector, boolean[] differs) {
    int rows = differs.length;
    if (vector instanceof IntVector ints) {
      for (int row = 1; row < rows; row++) {
        differs[row] |= ints.get(row) != ints.get(row - 1);
      }
    } else if (vector instanceof BinaryVector binary && binary.hasDictionary()) {
      int[] ids = binary.ids();
      for (int row = 1; row < rows; row++) {
        differs[row] |= ids[row] != ids[row - 1];
      }
    } else if (vector != null) {
      Arrays.fill(differs, true);
    }
    for (int row = 1; row < rows && vector != null && vector.hasNulls(); row++) {
      differs[row] |= vector.isNull(row) != vector.isNull(row - 1);
    }
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

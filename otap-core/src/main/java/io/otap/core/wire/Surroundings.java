/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.AnyValueColumns;
import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.RowNumbering;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column.Role;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The resources, or the scopes, of the root rows: numbered from 0 in the order of their first row.
 *
 * @param numbers of the rows
 * @param keys of each number: the {@code parent_id} of its attributes, or {@link Cells#NO_ID}
 */
record Surroundings(int[] numbers, int[] keys) {

  /**
   * @param id role of the ids
   * @param field role of the other fields
   * @param outer a number of each row in which the numbers are told apart, or null
   * @param attributes the table that the ids refer to
   * @param merge whether those of equal content are one
   */
  static Surroundings of(
      OtapTable root, Role id, Role field, int[] outer, OtapTable attributes, boolean merge)
      throws OtapException {
    RowNumbering numbering = new RowNumbering(root, Set.of(id, field), outer);
    IntVector ids = ids(root, id);
    int[] merged = merge ? merged(numbering, root, ids, field, outer, attributes) : null;
    if (merged == null) {
      int[] keys = new int[numbering.count()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = Cells.id(ids, numbering.firstRow(i));
      }
      return new Surroundings(numbering.numbers(), keys);
    }
    int count = 0;
    int[] keys = new int[merged.length];
    for (int i = 0; i < merged.length; i++) {
      if (merged[i] == count) {
        keys[count++] = Cells.id(ids, numbering.firstRow(i));
      }
    }
    int[] numbers = numbering.numbers().clone();
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = merged[numbers[row]];
    }
    return new Surroundings(numbers, Arrays.copyOf(keys, count));
  }

  private static IntVector ids(OtapTable root, Role role) {
    return (IntVector)
        root.vector(
            root.type().columns().stream().filter(c -> c.role() == role).findFirst().orElseThrow());
  }

  /** The number of the first of equal content, for each number; null if all differ. */
  private static int[] merged(
      RowNumbering numbering,
      OtapTable root,
      IntVector ids,
      Role field,
      int[] outer,
      OtapTable attributes)
      throws OtapException {
    int count = numbering.count();
    if (count < 2) {
      return null;
    }
    ChildRows rows = ChildRows.of(attributes);
    AnyValueColumns values = AnyValueColumns.of(attributes, "");
    Map<ByteBuffer, Integer> known = new HashMap<>();
    int[] merged = new int[count];
    ContentKey key = new ContentKey();
    for (int i = 0; i < count; i++) {
      int row = numbering.firstRow(i);
      key.start(outer == null ? 0 : outer[row], root, field, row);
      int id = Cells.id(ids, row);
      for (int k = rows.start(id); k < rows.end(id); k++) {
        key.attribute(attributes.binaryVector("key"), values, rows.row(k));
      }
      Integer number = known.putIfAbsent(key.finish(), known.size());
      merged[i] = number == null ? known.size() - 1 : number;
    }
    return known.size() == count ? null : merged;
  }
}

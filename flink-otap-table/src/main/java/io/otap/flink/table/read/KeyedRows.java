/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import java.util.Arrays;

/** Where in a table of attributes each parent has the one with a key; of several, the first. */
final class KeyedRows {

  /** Of a parent without it. */
  static final int NONE = -1;

  /** By the id of the parent, plus 1. */
  private int[] ofParent;

  /**
   * @param parents how many there are, about
   */
  private KeyedRows(int parents) {
    ofParent = new int[parents];
  }

  /**
   * @throws OtapException of kind RECONSTRUCTION if such an attribute has no parent
   */
  static KeyedRows of(OtapTable attributes, String key) throws OtapException {
    BinaryVector keys = attributes.binaryVector("key");
    IntVector parents = attributes.intVector("parent_id");
    int last = attributes.rows() - 1;
    KeyedRows rows = new KeyedRows(last < 0 ? 0 : Cells.id(parents, last) + 1);
    byte[] wanted = key.getBytes(UTF_8);
    boolean[] matches = keys != null && keys.hasDictionary() ? matches(keys, wanted) : null;
    for (int row = 0; row < attributes.rows(); row++) {
      if (matches == null || keys.isNull(row)
          ? same(keys, row, wanted)
          : matches[keys.ids()[row]]) {
        rows.add(ChildRows.parent(attributes, parents, row), row);
      }
    }
    return rows;
  }

  /** Which entries of the dictionary are the key. */
  private static boolean[] matches(BinaryVector keys, byte[] wanted) {
    boolean[] matches = new boolean[keys.offsets().length - 1];
    for (int entry = 0; entry < matches.length; entry++) {
      matches[entry] =
          Arrays.equals(
              keys.data(),
              keys.offsets()[entry],
              keys.offsets()[entry + 1],
              wanted,
              0,
              wanted.length);
    }
    return matches;
  }

  /** A null is the empty key. */
  private static boolean same(BinaryVector keys, int row, byte[] wanted) {
    int size = Cells.size(keys, row);
    return size == wanted.length
        && (size == 0
            || Arrays.equals(
                keys.data(), keys.start(row), keys.start(row) + size, wanted, 0, size));
  }

  private void add(int parent, int row) {
    if (parent >= ofParent.length) {
      ofParent = Arrays.copyOf(ofParent, Math.max(2 * ofParent.length, parent + 1));
    }
    if (ofParent[parent] == 0) {
      ofParent[parent] = row + 1;
    }
  }

  /**
   * The row of the attribute.
   *
   * @param parent an id, or {@link Cells#NO_ID}
   */
  int of(int parent) {
    return parent < 0 || parent >= ofParent.length ? NONE : ofParent[parent] - 1;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import java.util.Arrays;

/**
 * The distinct attribute sets of a shared table (resources or scopes): each content once, however
 * often it was written. Sets with the same attributes in any order have the same number.
 *
 * <p>Under a key ({@code parent_id}) there is mostly one set. Sets of several batches can meet
 * there; they show by a repeated attribute name, because names in a set are unique
 * (docs/RECOVERY.md 2, F4, and 4, step 5).
 */
@Internal
public final class AttributeSets {

  private final PayloadType type;
  private final Attributes attributes;
  private final IntSequences contents;
  private final IdList keys;
  private final int[] sets;
  private final int[] several;

  /**
   * @param contents the attributes of each set
   * @param sets of each key: the number of its set, or, if there are several, -1 - the place in
   *     {@code several}
   * @param several count, 1 if no other split is possible, and the sets, for each such key
   */
  AttributeSets(
      PayloadType type,
      Attributes attributes,
      IntSequences contents,
      IdList keys,
      int[] sets,
      int[] several) {
    this.type = type;
    this.attributes = attributes;
    this.contents = contents;
    this.keys = keys;
    this.sets = sets;
    this.several = several;
  }

  /** The keys that have rows, ascending. */
  IdList keys() {
    return keys;
  }

  /** How many sets lie under a key, given by its index. */
  int count(int key) {
    return sets[key] >= 0 ? 1 : several[-1 - sets[key]];
  }

  /** A set under a key, given by its index, in file order. */
  int set(int key, int index) {
    return sets[key] >= 0 ? sets[key] : several[1 - sets[key] + index];
  }

  /** Whether the rows under a key make this many sets, and in one way only. */
  boolean makes(int key, int count) {
    return count(key) == count && (sets[key] >= 0 || several[-sets[key]] == 1);
  }

  /** How many distinct sets there are; their numbers are 0 and up. */
  int size() {
    return contents.size();
  }

  /**
   * The attributes of these sets as a table of RESOURCE_ATTRS or SCOPE_ATTRS, {@code parent_id}
   * being the index into {@code sets}; null if there is no row.
   *
   * @param sets numbers of sets, -1 for one without attributes
   */
  public OtapTable table(int[] sets) {
    int rows = 0;
    for (int set : sets) {
      rows += set < 0 ? 0 : contents.length(set);
    }
    if (rows == 0) {
      return null;
    }
    int[] parents = new int[rows];
    int[] numbers = new int[rows];
    int row = 0;
    for (int k = 0; k < sets.length; k++) {
      if (sets[k] >= 0) {
        int end = row + contents.length(sets[k]);
        contents.copy(sets[k], numbers, row);
        Arrays.fill(parents, row, end, k);
        row = end;
      }
    }
    return new AttributeColumns(type, attributes, numbers).table(parents);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Role;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the distinct resources and scopes of a table of root rows. A resource is its attributes
 * and the resource fields of its rows; a scope is its resource, its attributes and the scope
 * fields.
 */
final class Owners {

  static final int NO_ATTRIBUTES = -1;

  private final List<Vector> resourceFields;
  private final List<Vector> scopeFields;

  /** Rows that may have other fields than the row before. */
  private final boolean[] differs;

  private final Map<IntBuffer, Integer> resources = new HashMap<>();
  private final Map<IntBuffer, Integer> scopes = new HashMap<>();
  private final Map<String, Integer> strings = new HashMap<>();

  /** By vector with a dictionary, the number of each entry's string; 0 if not looked up yet. */
  private final Map<Vector, int[]> entries = new IdentityHashMap<>();

  private final List<Integer> resourceSets = new ArrayList<>();
  private final List<Integer> scopeSets = new ArrayList<>();
  private int resource;
  private int scope;

  Owners(OtapTable roots) {
    this.resourceFields = fields(roots, Role.RESOURCE_FIELD);
    this.scopeFields = fields(roots, Role.SCOPE_FIELD);
    this.differs = new boolean[roots.rows()];
    resourceFields.forEach(this::markDifferences);
    scopeFields.forEach(this::markDifferences);
  }

  /**
   * Finds the owners of a row; rows are given in order.
   *
   * @param anew whether the sets can differ from those of the row before
   */
  void assign(int row, int resourceSet, int scopeSet, boolean anew) {
    if (!anew && !differs[row]) {
      return;
    }
    resource = number(resources, key(resourceFields, row, resourceSet), resourceSet, resourceSets);
    int[] key = key(scopeFields, row, scopeSet);
    key[key.length - 1] = resource;
    scope = number(scopes, key, scopeSet, scopeSets);
  }

  /** Number of the row's resource, from 0. */
  int resource() {
    return resource;
  }

  /** Number of the row's scope, from 0. */
  int scope() {
    return scope;
  }

  /** Attribute set of each resource. */
  int[] resourceSets() {
    return resourceSets.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Attribute set of each scope. */
  int[] scopeSets() {
    return scopeSets.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int number(
      Map<IntBuffer, Integer> numbers, int[] key, int set, List<Integer> sets) {
    Integer known = numbers.putIfAbsent(IntBuffer.wrap(key), sets.size());
    if (known != null) {
      return known;
    }
    sets.add(set);
    return sets.size() - 1;
  }

  private static List<Vector> fields(OtapTable roots, Role role) {
    List<Vector> fields = new ArrayList<>();
    for (Column column : roots.type().columns()) {
      Vector vector = roots.vector(column);
      if (column.role() == role && vector != null) {
        fields.add(vector);
      }
    }
    return fields;
  }

  /** A null and the default mean the same (ENGINE-OBSERVED 3): both are 0 or no bytes here. */
  private void markDifferences(Vector field) {
    if (field instanceof IntVector ints) {
      for (int row = 1; row < differs.length; row++) {
        differs[row] |= ints.get(row) != ints.get(row - 1);
      }
      return;
    }
    BinaryVector binary = (BinaryVector) field;
    int[] ids = binary.ids();
    if (ids == null) {
      for (int row = 1; row < differs.length; row++) {
        differs[row] |= !sameBytes(binary, row);
      }
      return;
    }
    for (int row = 1; row < differs.length; row++) {
      differs[row] |= ids[row] != ids[row - 1];
    }
    for (int row = 1; row < differs.length && field.hasNulls(); row++) {
      differs[row] |= field.isNull(row) != field.isNull(row - 1);
    }
  }

  private static boolean sameBytes(BinaryVector field, int row) {
    int size = field.size(row);
    return size == field.size(row - 1)
        && (size == 0
            || Arrays.equals(
                field.data(),
                field.start(row),
                field.start(row) + size,
                field.data(),
                field.start(row - 1),
                field.start(row - 1) + size));
  }

  /** The set, the fields, and room for a number. */
  private int[] key(List<Vector> fields, int row, int set) {
    int[] key = new int[fields.size() + 2];
    key[0] = set;
    for (int k = 0; k < fields.size(); k++) {
      key[k + 1] =
          fields.get(k) instanceof IntVector ints
              ? ints.get(row)
              : string((BinaryVector) fields.get(k), row);
    }
    return key;
  }

  /** A number that equal strings have, from 1. */
  private int string(BinaryVector field, int row) {
    if (field.ids() == null || field.isNull(row)) {
      return number(field.string(row));
    }
    int[] known = entries.computeIfAbsent(field, f -> new int[field.offsets().length - 1]);
    int entry = field.ids()[row];
    if (known[entry] == 0) {
      known[entry] = number(field.string(row));
    }
    return known[entry];
  }

  private int number(String string) {
    Integer known = strings.putIfAbsent(string, strings.size() + 1);
    return known == null ? strings.size() : known;
  }
}

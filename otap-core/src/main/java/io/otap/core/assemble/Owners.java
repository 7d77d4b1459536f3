/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.RowChanges;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Role;
import java.nio.IntBuffer;
import java.util.ArrayList;
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

  private final RowChanges changes = new RowChanges();

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
    changes.reset(roots.rows());
    resourceFields.forEach(changes::add);
    scopeFields.forEach(changes::add);
  }

  /**
   * Finds the owners of a row and of those behind it that have the same fields, of rows with the
   * same sets.
   *
   * @param end row behind those with the same sets
   * @return the row behind those that have the owners
   */
  int assign(int row, int end, int resourceSet, int scopeSet) {
    resource = number(resources, key(resourceFields, row, resourceSet), resourceSet, resourceSets);
    int[] key = key(scopeFields, row, scopeSet);
    key[key.length - 1] = resource;
    scope = number(scopes, key, scopeSet, scopeSets);
    return changes.next(row, end);
  }

  /** Number of the rows' resource, from 0. */
  int resource() {
    return resource;
  }

  /** Number of the rows' scope, from 0. */
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

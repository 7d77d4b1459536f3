/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.batch.OtapTable;
import io.otap.core.batch.RowNumbering;
import io.otap.core.model.Column.Role;
import java.util.Set;

/**
 * The root rows of a batch by resource and scope: all rows of a resource together, in it all rows
 * of a scope together, each in the order of first appearance.
 *
 * <p>Rows belong together if they agree in the ids and in all fields of the resource and the scope;
 * a null id is a value of its own. Scopes are told apart by the pair of ids, because a scope id may
 * span resources (OTAP-FORMAT 2.2).
 */
final class RowGroups {

  private final int[] resourceStarts;
  private final int[] scopeStarts;

  /** By position; null if they are there in their order. */
  private final int[] rows;

  private RowGroups(int[] resourceStarts, int[] scopeStarts, int[] rows) {
    this.resourceStarts = resourceStarts;
    this.scopeStarts = scopeStarts;
    this.rows = rows;
  }

  static RowGroups of(OtapTable root) {
    RowNumbering resources =
        new RowNumbering(root, Set.of(Role.RESOURCE_ID, Role.RESOURCE_FIELD), null);
    RowNumbering scopes =
        new RowNumbering(root, Set.of(Role.SCOPE_ID, Role.SCOPE_FIELD), resources.numbers());
    int[] resourceOfScope = new int[scopes.count()];
    for (int i = 0; i < resourceOfScope.length; i++) {
      resourceOfScope[i] = resources.numbers()[scopes.firstRow(i)];
    }
    int[] resourceStarts = starts(resourceOfScope, resources.count());
    if (resources.isInOrder() && scopes.isInOrder()) {
      int[] firstRows = new int[scopes.count() + 1];
      for (int i = 0; i < scopes.count(); i++) {
        firstRows[i] = scopes.firstRow(i);
      }
      firstRows[scopes.count()] = root.rows();
      return new RowGroups(resourceStarts, firstRows, null);
    }
    int[] place = places(resourceOfScope, resourceStarts);
    int[] scopeOfRow = new int[root.rows()];
    for (int row = 0; row < scopeOfRow.length; row++) {
      scopeOfRow[row] = place[scopes.numbers()[row]];
    }
    int[] scopeStarts = starts(scopeOfRow, scopes.count());
    int[] placeOfRow = places(scopeOfRow, scopeStarts);
    int[] rows = new int[placeOfRow.length];
    for (int row = 0; row < rows.length; row++) {
      rows[placeOfRow[row]] = row;
    }
    return new RowGroups(resourceStarts, scopeStarts, rows);
  }

  private static int[] starts(int[] groups, int count) {
    int[] starts = new int[count + 1];
    for (int group : groups) {
      starts[group + 1]++;
    }
    for (int i = 0; i < count; i++) {
      starts[i + 1] += starts[i];
    }
    return starts;
  }

  /** The place of each element when ordered by group. */
  private static int[] places(int[] groups, int[] starts) {
    int[] next = starts.clone();
    int[] places = new int[groups.length];
    for (int i = 0; i < groups.length; i++) {
      places[i] = next[groups[i]]++;
    }
    return places;
  }

  int resources() {
    return resourceStarts.length - 1;
  }

  /** First scope of a resource; the end of the last one for {@code resource == resources()}. */
  int firstScope(int resource) {
    return resourceStarts[resource];
  }

  /** Position of the first row of a scope; the end of the last one for the number of scopes. */
  int firstRow(int scope) {
    return scopeStarts[scope];
  }

  int row(int position) {
    return rows == null ? position : rows[position];
  }
}

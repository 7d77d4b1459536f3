/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;
import java.util.Set;
import java.util.TreeSet;

/**
 * A column of strings or ids has one of some values. A null is the empty string.
 *
 * @param column path in the root table, as {@code trace_id} or {@code scope.name}
 * @param values strings; ids in lower-case hexadecimal digits
 */
@PublicEvolving
public record AnyOf(String column, Set<String> values) implements RootCondition {

  private static final long serialVersionUID = 1L;

  public AnyOf {
    values = Set.copyOf(values);
  }

  @Override
  public String toString() {
    return column + " in " + new TreeSet<>(values);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.error.OtapException;
import io.otap.flink.table.model.Aggregate;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Adds up and compares the values of groups. */
final class GroupAggregates {

  private GroupAggregates() {}

  /**
   * @param column null for the rows themselves
   * @return the result of each group
   */
  static Object[] of(Groups groups, Aggregate aggregate, FieldReader column) throws OtapException {
    return switch (aggregate.function()) {
      case COUNT -> counts(groups, column);
      case SUM -> sums(groups, column, aggregate.type(), false);
      case SUM0 -> sums(groups, column, aggregate.type(), true);
      case MIN -> most(groups, column, -1);
      case MAX -> most(groups, column, 1);
    };
  }

  private static Object[] counts(Groups groups, FieldReader column) throws OtapException {
    long[] counts = new long[groups.count()];
    for (int row = 0; row < groups.rows(); row++) {
      if (column == null || !column.isNull(row)) {
        counts[groups.of(row)]++;
      }
    }
    Object[] results = new Object[counts.length];
    for (int group = 0; group < results.length; group++) {
      results[group] = counts[group];
    }
    return results;
  }

  /**
   * Sums beyond the range of their type wrap around, as Flink's do.
   *
   * @param none whether no values have a sum, too
   */
  private static Object[] sums(Groups groups, FieldReader column, LogicalType type, boolean none)
      throws OtapException {
    long[] sums = new long[groups.count()];
    boolean[] any = new boolean[sums.length];
    for (int row = 0; row < groups.rows(); row++) {
      Object value = column.read(row);
      if (value != null) {
        sums[groups.of(row)] += ((Number) value).longValue();
        any[groups.of(row)] = true;
      }
    }
    Object[] results = new Object[sums.length];
    for (int group = 0; group < results.length; group++) {
      if (any[group] || none) {
        results[group] =
            type.is(LogicalTypeRoot.INTEGER) ? (Object) (int) sums[group] : sums[group];
      }
    }
    return results;
  }

  /**
   * @param sign of the comparison with what was found before
   */
  @SuppressWarnings("unchecked")
  private static Object[] most(Groups groups, FieldReader column, int sign) throws OtapException {
    Object[] most = new Object[groups.count()];
    for (int row = 0; row < groups.rows(); row++) {
      Object value = column.read(row);
      Object before = most[groups.of(row)];
      if (value != null
          && (before == null
              || Integer.signum(((Comparable<Object>) value).compareTo(before)) == sign)) {
        most[groups.of(row)] = value;
      }
    }
    return most;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * Rows that a query puts together to groups.
 *
 * @param keys what rows of a group have in common; none if all rows are one group
 */
@Internal
public record Grouping(SignalTable table, List<RowLayout.Field> keys, List<Aggregate> aggregates)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public Grouping {
    keys = List.copyOf(keys);
    aggregates = List.copyOf(aggregates);
  }

  /** What groups are made from. */
  public RowLayout layout() {
    List<RowLayout.Field> fields = new ArrayList<>(keys);
    aggregates.stream().map(Aggregate::of).filter(Objects::nonNull).forEach(fields::add);
    return new RowLayout(table, fields);
  }
}

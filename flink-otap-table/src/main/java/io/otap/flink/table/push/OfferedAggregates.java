/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.push;

import io.otap.flink.table.model.Aggregate;
import io.otap.flink.table.model.Grouping;
import io.otap.flink.table.model.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Aggregates that a planner offers, as far as a batch gives the same as Flink. */
@Internal
public final class OfferedAggregates {

  /** The planner's functions are known by their names only. */
  private static final Pattern FUNCTION =
      Pattern.compile("(Count|Count1|(Int|Long|String|TimestampLtz)(Sum|Sum0|Min|Max))AggFunction");

  private static final Map<String, Aggregate.Function> FUNCTIONS =
      Map.of(
          "Sum", Aggregate.Function.SUM,
          "Sum0", Aggregate.Function.SUM0,
          "Min", Aggregate.Function.MIN,
          "Max", Aggregate.Function.MAX);

  private final RowLayout input;
  private final RowType produced;

  /**
   * @param input the rows that are put together
   * @param produced the rows that are wanted: keys, then aggregates
   */
  public OfferedAggregates(RowLayout input, RowType produced) {
    this.input = input;
    this.produced = produced;
  }

  /**
   * @param keys indexes of fields of the input
   */
  public Optional<Grouping> grouping(int[] keys, List<AggregateExpression> offered) {
    if (produced.getFieldCount() != keys.length + offered.size()) {
      return Optional.empty();
    }
    List<RowLayout.Field> fields = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      RowLayout.Field field = input.fields().get(keys[i]);
      if (!groups(field.type()) || !same(field.type(), produced.getTypeAt(i))) {
        return Optional.empty();
      }
      fields.add(field);
    }
    List<Aggregate> aggregates = new ArrayList<>();
    for (int i = 0; i < offered.size(); i++) {
      Optional<Aggregate> one = aggregate(offered.get(i), produced.getTypeAt(keys.length + i));
      if (one.isEmpty()) {
        return Optional.empty();
      }
      aggregates.add(one.get());
    }
    return Optional.of(new Grouping(input.table(), fields, aggregates));
  }

  private Optional<Aggregate> aggregate(AggregateExpression offered, LogicalType type) {
    Matcher name = FUNCTION.matcher(offered.getFunctionDefinition().getClass().getSimpleName());
    if (!name.matches()
        || offered.isDistinct()
        || offered.isApproximate()
        || offered.getFilterExpression().isPresent()
        || offered.getArgs().size() > 1) {
      return Optional.empty();
    }
    RowLayout.Field of =
        offered.getArgs().isEmpty()
            ? null
            : input.fields().get(offered.getArgs().get(0).getFieldIndex());
    Aggregate.Function function =
        name.group(3) == null ? Aggregate.Function.COUNT : FUNCTIONS.get(name.group(3));
    return Optional.of(new Aggregate(function, of, type));
  }

  /** Whether equal values are equal objects. */
  private static boolean groups(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case VARCHAR, BOOLEAN, INTEGER, BIGINT, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
      default -> false;
    };
  }

  private static boolean same(LogicalType one, LogicalType other) {
    return one.copy(true).equals(other.copy(true));
  }
}

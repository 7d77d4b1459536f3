/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.push;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.select.AnyOf;
import io.otap.core.select.NumberRange;
import io.otap.core.select.Partitions;
import io.otap.core.select.ResourceAttribute;
import io.otap.core.select.RootCondition;
import io.otap.core.select.TimeRange;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.MetadataColumn;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.TableColumn;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.NestedFieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;

/**
 * Filters of a query as conditions on records. A condition holds for all rows for which the filter
 * does, and perhaps for others: the query filters again.
 */
@Internal
public final class FilterConditions {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final RowLayout input;
  private final ZoneId zone;

  /**
   * @param input the rows that are filtered
   * @param zone of times without one
   */
  public FilterConditions(RowLayout input, ZoneId zone) {
    this.input = input;
    this.zone = zone;
  }

  /** The conditions that follow from a filter; none if it tells nothing of records. */
  public List<RootCondition> impliedBy(ResolvedExpression filter) {
    if (!(filter instanceof CallExpression call)) {
      return List.of();
    }
    if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.AND) {
      return call.getResolvedChildren().stream()
          .flatMap(operand -> impliedBy(operand).stream())
          .toList();
    }
    if (call.getFunctionDefinition() == BuiltInFunctionDefinitions.OR) {
      return call.getResolvedChildren().stream()
          .map(this::impliedBy)
          .reduce(FilterConditions::either)
          .orElseThrow();
    }
    return comparison(call).flatMap(this::condition).stream().toList();
  }

  /**
   * A comparison of a field with a constant, the field on the left.
   *
   * @param inside names of the fields within it, if it is a row of which one is compared
   */
  private record Comparison(
      RowLayout.Field field, List<String> inside, FunctionDefinition operator, Object value) {}

  private Optional<Comparison> comparison(CallExpression call) {
    List<ResolvedExpression> operands = call.getResolvedChildren();
    FunctionDefinition operator = call.getFunctionDefinition();
    FunctionDefinition flipped = flipped(operator);
    if (flipped == null || operands.size() != 2) {
      return Optional.empty();
    }
    if (operands.get(0) instanceof ValueLiteralExpression) {
      return comparison(operands.get(1), flipped, operands.get(0));
    }
    return comparison(operands.get(0), operator, operands.get(1));
  }

  private Optional<Comparison> comparison(
      ResolvedExpression column, FunctionDefinition operator, ResolvedExpression constant) {
    if (!(constant instanceof ValueLiteralExpression literal) || literal.isNull()) {
      return Optional.empty();
    }
    Object value = value(literal);
    if (value == null) {
      return Optional.empty();
    }
    if (column instanceof FieldReferenceExpression reference) {
      RowLayout.Field field = input.fields().get(reference.getFieldIndex());
      return Optional.of(new Comparison(field, List.of(), operator, value));
    }
    if (column instanceof NestedFieldReferenceExpression nested) {
      RowLayout.Field field = input.fields().get(nested.getFieldIndices()[0]);
      List<String> names = List.of(nested.getFieldNames());
      return Optional.of(new Comparison(field, names.subList(1, names.size()), operator, value));
    }
    return Optional.empty();
  }

  /** The operator with its sides exchanged; null if it compares nothing. */
  private static FunctionDefinition flipped(FunctionDefinition operator) {
    if (operator == BuiltInFunctionDefinitions.EQUALS) {
      return operator;
    }
    if (operator == BuiltInFunctionDefinitions.LESS_THAN) {
      return BuiltInFunctionDefinitions.GREATER_THAN;
    }
    if (operator == BuiltInFunctionDefinitions.GREATER_THAN) {
      return BuiltInFunctionDefinitions.LESS_THAN;
    }
    if (operator == BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL) {
      return BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL;
    }
    if (operator == BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL) {
      return BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL;
    }
    return null;
  }

  /** A string, a time or a whole number; null for what is compared in no other way. */
  private Object value(ValueLiteralExpression literal) {
    Optional<?> value =
        switch (literal.getOutputDataType().getLogicalType().getTypeRoot()) {
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> literal.getValueAs(Instant.class);
          case TIMESTAMP_WITHOUT_TIME_ZONE ->
              literal.getValueAs(LocalDateTime.class).flatMap(this::instant);
          case CHAR, VARCHAR -> literal.getValueAs(String.class);
          case TINYINT, SMALLINT, INTEGER, BIGINT ->
              literal.getValueAs(Number.class).map(Number::longValue);
          default -> Optional.empty();
        };
    return value.orElse(null);
  }

  /** None where clocks are changed, as that depends on who looks. */
  private Optional<Instant> instant(LocalDateTime time) {
    return zone.getRules().getValidOffsets(time).size() == 1
        ? Optional.of(time.atZone(zone).toInstant())
        : Optional.empty();
  }

  private Optional<RootCondition> condition(Comparison comparison) {
    boolean equals = comparison.operator == BuiltInFunctionDefinitions.EQUALS;
    if (comparison.field.metadata()) {
      return equals
              && comparison.field.path().get(0).equals(MetadataColumn.PART_ID.key())
              && comparison.value instanceof String id
          ? Optional.of(new Partitions(Set.of(id)))
          : Optional.empty();
    }
    TableColumn column = input.column(comparison.field);
    for (String name : comparison.inside) {
      column = column.field(name);
    }
    if (column.ofPoints()) {
      return Optional.empty();
    }
    Content content = column.content();
    if (content instanceof Content.EventTime times) {
      return comparison.value instanceof Instant time
          ? Optional.of(times(times.paths(), comparison.operator, time, MILLI))
          : Optional.empty();
    }
    if (content instanceof Content.Code code) {
      int number =
          equals && comparison.value instanceof String
              ? code.names().indexOf(comparison.value)
              : -1;
      return number >= 0
          ? Optional.of(new NumberRange(code.path(), number, number))
          : Optional.empty();
    }
    if (content instanceof Content.SharedAttribute attribute) {
      return attribute.table() == PayloadType.RESOURCE_ATTRS
              && equals
              && comparison.value instanceof String value
          ? Optional.of(new ResourceAttribute(attribute.key(), Set.of(value)))
          : Optional.empty();
    }
    return content instanceof Content.Value value
        ? condition(value.path(), comparison)
        : Optional.empty();
  }

  private Optional<RootCondition> condition(String path, Comparison comparison) {
    Column column = input.table().signal().root().find(path);
    if (column == null || column.list()) {
      return Optional.empty();
    }
    boolean equals = comparison.operator == BuiltInFunctionDefinitions.EQUALS;
    return switch (column.type()) {
      case TIMESTAMP ->
          comparison.value instanceof Instant time
              ? Optional.of(times(List.of(path), comparison.operator, time, 1))
              : Optional.empty();
      case UTF8, FIXED8, FIXED16 ->
          equals && comparison.value instanceof String value
              ? Optional.of(new AnyOf(path, Set.of(value)))
              : Optional.empty();
      case UINT8, UINT32, INT32, INT64, DURATION ->
          comparison.value instanceof Long number
              ? numbers(path, comparison.operator, number)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<RootCondition> numbers(
      String path, FunctionDefinition operator, long number) {
    try {
      Bounds bounds = Bounds.of(operator, number, 1);
      return Optional.of(new NumberRange(path, bounds.least(), bounds.most()));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /**
   * @param unit nanoseconds of the smallest difference that the column shows
   */
  private static RootCondition times(
      List<String> paths, FunctionDefinition operator, Instant time, long unit) {
    try {
      long nanos = Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano());
      Bounds bounds = Bounds.of(operator, nanos, unit);
      return new TimeRange(paths, bounds.least(), bounds.most());
    } catch (ArithmeticException e) {
      // Before or behind all times that a column of 63 bits has.
      return new TimeRange(paths, Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }

  /** Alternatives for one column make one condition, as with {@code IN}. */
  private static List<RootCondition> either(List<RootCondition> one, List<RootCondition> other) {
    List<RootCondition> both = new ArrayList<>();
    for (RootCondition a : one) {
      for (RootCondition b : other) {
        either(a, b).ifPresent(both::add);
      }
    }
    return both;
  }

  /** What holds if one of two conditions does. */
  private static Optional<RootCondition> either(RootCondition one, RootCondition other) {
    if (one instanceof AnyOf a && other instanceof AnyOf b && a.column().equals(b.column())) {
      return Optional.of(new AnyOf(a.column(), union(a.values(), b.values())));
    }
    if (one instanceof ResourceAttribute a
        && other instanceof ResourceAttribute b
        && a.key().equals(b.key())) {
      return Optional.of(new ResourceAttribute(a.key(), union(a.values(), b.values())));
    }
    if (one instanceof NumberRange a
        && other instanceof NumberRange b
        && a.column().equals(b.column())) {
      return Optional.of(
          new NumberRange(a.column(), Math.min(a.min(), b.min()), Math.max(a.max(), b.max())));
    }
    if (one instanceof TimeRange a
        && other instanceof TimeRange b
        && a.columns().equals(b.columns())) {
      return Optional.of(
          new TimeRange(a.columns(), Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
    }
    if (one instanceof Partitions a && other instanceof Partitions b) {
      return Optional.of(new Partitions(union(a.ids(), b.ids())));
    }
    return Optional.empty();
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new HashSet<>(a);
    all.addAll(b);
    return all;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is wanted of a tree: which tables, which columns of the records, which records, and how
 * many. The rest is not read as far as that can be helped: files of other tables are not opened,
 * pages without a wanted record not read.
 *
 * <pre>{@code
 * ReadSelection.ALL
 *     .withTables(Set.of(PayloadType.RESOURCE_ATTRS))
 *     .withFields(Set.of("severity_number", "body"))
 *     .where(new NumberRange("severity_number", 17, 24))
 * }</pre>
 *
 * <ul>
 *   <li>Without RESOURCE_ATTRS and SCOPE_ATTRS nothing needs to be recovered: no other table is
 *       looked at as evidence, and a record has those fields of its resource and scope that stand
 *       in its own row.
 *   <li>Batches are smaller where records are left out; children of such records are left out with
 *       them and are no orphans. Orphans are counted, and relations validated, in what is read.
 * </ul>
 *
 * Immutable.
 */
@PublicEvolving
public final class ReadSelection implements Serializable {

  private static final long serialVersionUID = 1L;

  /** No limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** Everything. */
  public static final ReadSelection ALL =
      new ReadSelection(EnumSet.allOf(PayloadType.class), null, List.of(), UNLIMITED);

  private final Set<PayloadType> tables;

  /** Null for all. */
  private final Set<String> fields;

  private final List<RootCondition> conditions;
  private final long limit;

  private ReadSelection(
      Set<PayloadType> tables, Set<String> fields, List<RootCondition> conditions, long limit) {
    this.tables = tables;
    this.fields = fields;
    this.conditions = conditions;
    this.limit = limit;
  }

  /**
   * With no other tables than these, what they are children of, and the root tables.
   *
   * @param wanted child and shared tables; may be empty
   */
  public ReadSelection withTables(Collection<PayloadType> wanted) {
    EnumSet<PayloadType> closed = EnumSet.noneOf(PayloadType.class);
    Arrays.stream(PayloadType.values()).filter(PayloadType::isRoot).forEach(closed::add);
    for (PayloadType table : wanted) {
      for (PayloadType t = table; t != null; t = t.parent()) {
        closed.add(t);
      }
    }
    return new ReadSelection(closed, fields, conditions, limit);
  }

  /**
   * With no other columns of the root table than these and those that conditions look at. Without
   * its time columns a batch has no event time.
   *
   * @param wanted first segments of their paths: {@code body} for {@code body.type}, {@code
   *     body.str}, …; may be empty
   */
  public ReadSelection withFields(Collection<String> wanted) {
    return new ReadSelection(tables, Set.copyOf(wanted), conditions, limit);
  }

  /** With the records only for which these hold, and all given before. */
  public ReadSelection where(RootCondition... further) {
    List<RootCondition> all = new ArrayList<>(conditions);
    all.addAll(List.of(further));
    return new ReadSelection(tables, fields, List.copyOf(all), limit);
  }

  /**
   * With about so many records: a split ends with the batch that completes them.
   *
   * @param records at least 0
   */
  public ReadSelection withLimit(long records) {
    if (records < 0) {
      throw new IllegalArgumentException("a limit of " + records);
    }
    return new ReadSelection(tables, fields, conditions, records);
  }

  /** Whether this is {@link #ALL}. */
  public boolean isAll() {
    return equals(ALL);
  }

  /** The tables whose rows are wanted, roots among them. */
  public Set<PayloadType> tables() {
    return Collections.unmodifiableSet(tables);
  }

  /** The wanted columns of root tables; null for all. */
  public Set<String> fields() {
    return fields;
  }

  public List<RootCondition> conditions() {
    return conditions;
  }

  /** Records at most, as {@link #withLimit} has it; {@link #UNLIMITED}. */
  public long limit() {
    return limit;
  }

  /** Whether rows of the table are wanted. */
  public boolean reads(PayloadType table) {
    return tables.contains(table);
  }

  /** Whether a child table of the signal is wanted, the shared ones not counted. */
  public boolean readsChildren(Signal signal) {
    return PayloadType.of(signal).stream().anyMatch(t -> t.parent() != null && reads(t));
  }

  /** Whether it must be known which resource or scope a record belongs to. */
  public boolean recovers() {
    return reads(PayloadType.RESOURCE_ATTRS)
        || reads(PayloadType.SCOPE_ATTRS)
        || choosesByResource();
  }

  /** Whether there is a condition on resources. */
  public boolean choosesByResource() {
    return conditions.stream().anyMatch(ResourceAttribute.class::isInstance);
  }

  /** Whether files of a table can matter to records of these signals. */
  public boolean needs(PayloadType table, Set<Signal> signals) {
    return recovers() || reads(table) && table.signals().stream().anyMatch(signals::contains);
  }

  /**
   * Whether files of a partition can matter.
   *
   * @param partition the {@code _part_id}; empty for a tree without them
   */
  public boolean takes(String partition) {
    return conditions.stream()
        .allMatch(c -> !(c instanceof Partitions some) || some.ids().contains(partition));
  }

  /**
   * The columns of the root table that are to be read.
   *
   * @throws OtapException as {@link #requireFits}
   */
  public List<Column> columns(Signal signal) throws OtapException {
    requireFits(signal);
    PayloadType root = signal.root();
    if (fields == null) {
      return root.columns();
    }
    Set<String> wanted = new TreeSet<>(fields);
    if (readsChildren(signal)) {
      wanted.add(root.id().path());
    }
    Set<Column> conditional = new HashSet<>(conditionColumns(signal));
    return root.columns().stream()
        .filter(c -> wanted.contains(c.topLevel()) || conditional.contains(c))
        .toList();
  }

  /** The columns of the root table that conditions look at. */
  public List<Column> conditionColumns(Signal signal) {
    PayloadType root = signal.root();
    List<Column> columns = new ArrayList<>();
    for (RootCondition condition : conditions) {
      columns(condition).forEach(path -> columns.add(root.column(path)));
    }
    return columns.stream().distinct().toList();
  }

  /**
   * @throws OtapException of kind CONFIG if records of the signal do not have what a condition
   *     looks at
   */
  public void requireFits(Signal signal) throws OtapException {
    PayloadType root = signal.root();
    for (RootCondition condition : conditions) {
      for (String path : columns(condition)) {
        Column column = root.find(path);
        if (column == null) {
          throw misfit(condition, signal, "they have no column " + path + "; leave it out");
        }
        if (column.list() || !isOfKind(column, condition)) {
          throw misfit(condition, signal, path + " has values of another kind");
        }
      }
    }
  }

  private static boolean isOfKind(Column column, RootCondition condition) {
    return switch (column.type()) {
      case TIMESTAMP -> !(condition instanceof AnyOf);
      case UTF8, FIXED8, FIXED16 -> condition instanceof AnyOf;
      case BOOL, UINT8, UINT16, UINT32, INT32, INT64, DURATION -> condition instanceof NumberRange;
      default -> false;
    };
  }

  private static OtapException misfit(RootCondition condition, Signal signal, String problem) {
    return OtapException.of(
        OtapErrorKind.CONFIG,
        "the condition «" + condition + "» does not fit " + signal.id() + ": " + problem);
  }

  /** Paths of the columns that a condition looks at. */
  private static List<String> columns(RootCondition condition) {
    if (condition instanceof TimeRange range) {
      return range.columns();
    }
    if (condition instanceof NumberRange range) {
      return List.of(range.column());
    }
    return condition instanceof AnyOf any ? List.of(any.column()) : List.of();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReadSelection that
        && limit == that.limit
        && tables.equals(that.tables)
        && Objects.equals(fields, that.fields)
        && conditions.equals(that.conditions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tables, fields, conditions, limit);
  }

  @Override
  public String toString() {
    return "tables "
        + tables.stream().map(PayloadType::folder).toList()
        + (fields == null ? "" : ", fields " + new TreeSet<>(fields))
        + (conditions.isEmpty() ? "" : ", where " + conditions)
        + (limit == UNLIMITED ? "" : ", limit " + limit);
  }
}

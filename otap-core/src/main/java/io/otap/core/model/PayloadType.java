/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import static io.otap.core.model.Signal.METRICS;
import static io.otap.core.model.Signal.TRACES;

import io.otap.core.annotation.PublicEvolving;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tables of the OTAP data model, with their columns and relations: the one description from
 * which reading, assembling, conversion, the wire codec and writing derive.
 *
 * <p>The numbers are those of {@code ArrowPayloadType} in the public protocol definition. Reserved
 * types without a schema (UNKNOWN, MULTIVARIATE_METRICS) have no entry.
 */
@PublicEvolving
public enum PayloadType {
  RESOURCE_ATTRS(1, EnumSet.allOf(Signal.class), Columns.attributes(IdWidth.BITS_16)),
  SCOPE_ATTRS(2, EnumSet.allOf(Signal.class), Columns.attributes(IdWidth.BITS_16)),
  UNIVARIATE_METRICS(10, METRICS, null, Columns.metrics()),
  NUMBER_DATA_POINTS(11, METRICS, "UNIVARIATE_METRICS", Columns.numberPoints()),
  SUMMARY_DATA_POINTS(12, METRICS, "UNIVARIATE_METRICS", Columns.summaryPoints()),
  HISTOGRAM_DATA_POINTS(13, METRICS, "UNIVARIATE_METRICS", Columns.histogramPoints()),
  EXP_HISTOGRAM_DATA_POINTS(14, METRICS, "UNIVARIATE_METRICS", Columns.expHistogramPoints()),
  NUMBER_DP_ATTRS(15, METRICS, "NUMBER_DATA_POINTS", Columns.attributes(IdWidth.BITS_32)),
  SUMMARY_DP_ATTRS(16, METRICS, "SUMMARY_DATA_POINTS", Columns.attributes(IdWidth.BITS_32)),
  HISTOGRAM_DP_ATTRS(17, METRICS, "HISTOGRAM_DATA_POINTS", Columns.attributes(IdWidth.BITS_32)),
  EXP_HISTOGRAM_DP_ATTRS(
      18, METRICS, "EXP_HISTOGRAM_DATA_POINTS", Columns.attributes(IdWidth.BITS_32)),
  NUMBER_DP_EXEMPLARS(19, METRICS, "NUMBER_DATA_POINTS", Columns.exemplars()),
  HISTOGRAM_DP_EXEMPLARS(20, METRICS, "HISTOGRAM_DATA_POINTS", Columns.exemplars()),
  EXP_HISTOGRAM_DP_EXEMPLARS(21, METRICS, "EXP_HISTOGRAM_DATA_POINTS", Columns.exemplars()),
  NUMBER_DP_EXEMPLAR_ATTRS(22, METRICS, "NUMBER_DP_EXEMPLARS", Columns.attributes(IdWidth.BITS_32)),
  HISTOGRAM_DP_EXEMPLAR_ATTRS(
      23, METRICS, "HISTOGRAM_DP_EXEMPLARS", Columns.attributes(IdWidth.BITS_32)),
  EXP_HISTOGRAM_DP_EXEMPLAR_ATTRS(
      24, METRICS, "EXP_HISTOGRAM_DP_EXEMPLARS", Columns.attributes(IdWidth.BITS_32)),
  METRIC_ATTRS(26, METRICS, "UNIVARIATE_METRICS", Columns.attributes(IdWidth.BITS_16)),
  LOGS(30, Signal.LOGS, null, Columns.logs()),
  LOG_ATTRS(31, Signal.LOGS, "LOGS", Columns.attributes(IdWidth.BITS_16)),
  SPANS(40, TRACES, null, Columns.spans()),
  SPAN_ATTRS(41, TRACES, "SPANS", Columns.attributes(IdWidth.BITS_16)),
  SPAN_EVENTS(42, TRACES, "SPANS", Columns.spanEvents()),
  SPAN_LINKS(43, TRACES, "SPANS", Columns.spanLinks()),
  SPAN_EVENT_ATTRS(44, TRACES, "SPAN_EVENTS", Columns.attributes(IdWidth.BITS_32)),
  SPAN_LINK_ATTRS(45, TRACES, "SPAN_LINKS", Columns.attributes(IdWidth.BITS_32));

  /** Bits of an id or parent id inside one batch. */
  enum IdWidth {
    BITS_16(ColumnType.UINT16),
    BITS_32(ColumnType.UINT32);

    final ColumnType type;

    IdWidth(ColumnType type) {
      this.type = type;
    }
  }

  /** How {@code parent_id} is written on the wire. */
  public enum ParentEncoding {
    /** The difference to the row before. */
    DELTA,
    /** The difference to the row before if that has equal values, else the id. */
    QUASI_DELTA
  }

  private static final Map<String, PayloadType> BY_FOLDER = new HashMap<>();

  private static final Map<Integer, PayloadType> BY_NUMBER = new HashMap<>();

  static {
    for (PayloadType type : values()) {
      BY_FOLDER.put(type.folder, type);
      BY_NUMBER.put(type.number, type);
    }
  }

  private final int number;
  private final String folder;
  private final Set<Signal> signals;
  private final String parentName;
  private final List<Column> columns;
  private final Map<String, Column> byPath = new HashMap<>();
  private final Column id;
  private final Column parentId;
  private final List<Column> chainedBy;

  PayloadType(int number, Set<Signal> signals, List<Column> columns) {
    this(number, signals, null, columns);
  }

  PayloadType(int number, Signal signal, String parentName, List<Column> columns) {
    this(number, EnumSet.of(signal), parentName, columns);
  }

  PayloadType(int number, Set<Signal> signals, String parentName, List<Column> columns) {
    this.number = number;
    this.folder = name().toLowerCase(Locale.ROOT);
    this.signals = Set.copyOf(signals);
    this.parentName = parentName;
    this.columns = columns;
    columns.forEach(c -> byPath.put(c.path(), c));
    this.id = byPath.get("id");
    this.parentId = byPath.get("parent_id");
    this.chainedBy = columns.stream().filter(Column::chained).toList();
  }

  /** The table with this folder name, or null. */
  public static PayloadType ofFolder(String folder) {
    return BY_FOLDER.get(folder);
  }

  /** The tables that a batch of this signal can have, the root first, parents before children. */
  public static List<PayloadType> of(Signal signal) {
    PayloadType root = signal.root();
    return Stream.concat(
            Stream.of(root),
            Arrays.stream(values()).filter(t -> t != root && t.signals.contains(signal)))
        .toList();
  }

  /** The table with this number, or null. */
  public static PayloadType ofNumber(int number) {
    return BY_NUMBER.get(number);
  }

  /** Number in the protocol. */
  public int number() {
    return number;
  }

  /** Folder name in a Parquet tree. */
  public String folder() {
    return folder;
  }

  public Set<Signal> signals() {
    return signals;
  }

  public boolean isRoot() {
    return parentId == null;
  }

  /**
   * RESOURCE_ATTRS and SCOPE_ATTRS: shared by the signals, keyed by a nested id of the root table.
   */
  public boolean isShared() {
    return signals.size() > 1;
  }

  /** An attribute table: {@code key}, {@code type} and one value column for each kind of value. */
  public boolean isAttributes() {
    return byPath.containsKey("key");
  }

  /** The table that {@code parent_id} refers to; null for roots and for shared tables. */
  public PayloadType parent() {
    return parentName == null ? null : valueOf(parentName);
  }

  /** The tables whose {@code parent_id} refers to this table's {@code id}. */
  public List<PayloadType> children() {
    return Arrays.stream(values()).filter(t -> name().equals(t.parentName)).toList();
  }

  /** 0 for a root, 1 for its children and the shared tables, and so on. */
  public int level() {
    return isRoot() ? 0 : parentName == null ? 1 : parent().level() + 1;
  }

  /**
   * Whether today's exporter can publish files of this table after the root files that their rows
   * belong to; all other tables are published first (ENGINE-OBSERVED 6).
   */
  public boolean followsRoot() {
    return this == SPAN_ATTRS;
  }

  public List<Column> columns() {
    return columns;
  }

  /**
   * The column at this path.
   *
   * @throws IllegalArgumentException if the table has none; names come from code, never from input
   */
  public Column column(String path) {
    Column column = byPath.get(path);
    if (column == null) {
      throw new IllegalArgumentException("no column " + path + " in " + folder);
    }
    return column;
  }

  /** The column at this path, or null: for names that come from input. */
  public Column find(String path) {
    return byPath.get(path);
  }

  public boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** How {@code parent_id} is written on the wire (OTAP-FORMAT 3.1). */
  public ParentEncoding parentEncoding() {
    return isAttributes() || !chainedBy.isEmpty()
        ? ParentEncoding.QUASI_DELTA
        : ParentEncoding.DELTA;
  }

  /**
   * With {@link ParentEncoding#QUASI_DELTA}: the columns that must equal those of the row before
   * for {@code parent_id} to be a difference. Empty for attributes, where {@code key}, {@code type}
   * and the column of that type are compared.
   */
  public List<Column> chainedBy() {
    return chainedBy;
  }

  /** The {@code id} column, or null where no table refers to this one. */
  public Column id() {
    return id;
  }

  /** The {@code parent_id} column, or null for a root. */
  public Column parentId() {
    return parentId;
  }

  /** The column that says when a row happened, or null for tables without a time. */
  public Column eventTime() {
    Column time = byPath.get("time_unix_nano");
    return time == null ? byPath.get("start_time_unix_nano") : time;
  }
}

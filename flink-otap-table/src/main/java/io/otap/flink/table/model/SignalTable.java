/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The SQL tables of telemetry with their columns: the one description from which reading, writing,
 * the catalog and the documentation derive.
 *
 * <p>A text that is not set is empty and a number 0, as in OTLP. A time or an id that is not set is
 * null, but for {@code event_time}: that is then the first of 1970, because Flink fails over time
 * attributes that are null.
 */
@PublicEvolving
public enum SignalTable {
  /** A row for each log record. */
  LOGS(Signal.LOGS, logs()),
  /** A row for each span. */
  SPANS(Signal.TRACES, spans()),
  /** A row for each data point, and one for each metric without points. */
  METRICS(Signal.METRICS, metrics());

  private final Signal signal;
  private final List<TableColumn> columns;

  SignalTable(Signal signal, List<TableColumn> columns) {
    this.signal = signal;
    this.columns = columns;
  }

  /** The name in SQL: {@code logs}, {@code spans}, {@code metrics}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table of this name, or null. */
  public static SignalTable ofId(String id) {
    for (SignalTable table : values()) {
      if (table.id().equals(id)) {
        return table;
      }
    }
    return null;
  }

  public Signal signal() {
    return signal;
  }

  /** All columns but those of metadata, in order. */
  public List<TableColumn> columns() {
    return columns;
  }

  /** The column of this name, or null. */
  public TableColumn column(String name) {
    return TableColumn.find(columns, name);
  }

  /**
   * The column that shows one attribute.
   *
   * @param key which: the column that has it among others, a dot, and the attribute's own key, as
   *     {@code attributes.http.route} or {@code resource.attributes.service.namespace}
   * @return null if the key names no attribute
   */
  public TableColumn attribute(String key) {
    return AttributeColumns.find(columns, key);
  }

  /** All columns, with values in this form. */
  public RowType rowType(ValueForm form) {
    return RowType.of(
        columns.stream().map(column -> column.type(form)).toArray(LogicalType[]::new),
        columns.stream().map(TableColumn::name).toArray(String[]::new));
  }

  private static List<TableColumn> logs() {
    return ColumnList.of(PayloadType.LOGS)
        .value("timestamp", "time_unix_nano", "when it happened")
        .eventTime(
            "timestamp, else observed_timestamp; can be the time attribute",
            "time_unix_nano",
            "observed_time_unix_nano")
        .value("observed_timestamp", "observed_time_unix_nano", "when it was observed")
        .value("trace_id", "32 hex digits")
        .value("span_id", "16 hex digits")
        .value("severity_number", "OTLP's number, 0 if unset")
        .value("severity_text", "as the source knows it")
        .anyValue("body", "the body")
        .attributes("attributes", "of the record")
        .value("event_name", "name of the event, if the record is one")
        .value("flags", "the bits of the flags")
        .value("dropped_attributes_count", "attributes that the sender left out")
        .resourceAttribute("service_name", "service.name")
        .shared("resource", "resource.id", resource(PayloadType.LOGS), "who produced it")
        .shared("scope", "scope.id", scope(PayloadType.LOGS), "the instrumentation")
        .list();
  }

  private static List<TableColumn> spans() {
    return ColumnList.of(PayloadType.SPANS)
        .value("timestamp", "start_time_unix_nano", "the start")
        .eventTime("the start; can be the time attribute", "start_time_unix_nano")
        .spanEnd("end_timestamp", "the end")
        .value("duration_nano", "duration_time_unix_nano", "nanoseconds from start to end")
        .value("trace_id", "32 hex digits")
        .value("span_id", "16 hex digits")
        .value("parent_span_id", "16 hex digits; null for the root of a trace")
        .value("trace_state", "W3C tracestate")
        .value("name", "name of the operation")
        .code(
            "kind",
            "kind",
            List.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"),
            "UNSPECIFIED, INTERNAL, SERVER, CLIENT, PRODUCER or CONSUMER")
        .code("status_code", "status.code", List.of("UNSET", "OK", "ERROR"), "UNSET, OK or ERROR")
        .value("status_message", "status.status_message", "what the error was")
        .attributes("attributes", "of the span")
        .children("events", "_events", events(), "what happened meanwhile")
        .children("links", "_links", links(), "other spans that it has to do with")
        .value("flags", "the bits of the flags")
        .value("dropped_attributes_count", "attributes that the sender left out")
        .value("dropped_events_count", "events that the sender left out")
        .value("dropped_links_count", "links that the sender left out")
        .resourceAttribute("service_name", "service.name")
        .shared("resource", "resource.id", resource(PayloadType.SPANS), "who produced it")
        .shared("scope", "scope.id", scope(PayloadType.SPANS), "the instrumentation")
        .list();
  }

  private static List<TableColumn> metrics() {
    PayloadType table = PayloadType.UNIVARIATE_METRICS;
    List<TableColumn> columns = new ArrayList<>();
    columns.addAll(
        points()
            .value("timestamp", "time_unix_nano", "time of the point")
            .eventTime("timestamp; can be the time attribute", "time_unix_nano")
            .value("start_timestamp", "start_time_unix_nano", "from when on it aggregates")
            .list());
    columns.addAll(
        ColumnList.of(table)
            .value("name", "name of the metric")
            .value("description", "for people")
            .value("unit", "in UCUM")
            .code(
                "metric_type",
                "metric_type",
                List.of("EMPTY", "GAUGE", "SUM", "HISTOGRAM", "EXPONENTIAL_HISTOGRAM", "SUMMARY"),
                "EMPTY, GAUGE, SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM or SUMMARY")
            .code(
                "aggregation_temporality",
                "aggregation_temporality",
                List.of("UNSPECIFIED", "DELTA", "CUMULATIVE"),
                "UNSPECIFIED, DELTA or CUMULATIVE")
            .value("is_monotonic", "whether a sum never falls")
            .list());
    columns.addAll(
        points()
            .attributes("attributes", "of the point")
            .number("int_value", true, "value of a gauge or sum, if it is an int")
            .number("double_value", false, "value of a gauge or sum, if it is a double")
            .value("value_count", "count", "values in a histogram or summary")
            .value("value_sum", "sum", "their sum")
            .value("value_min", "min", "the smallest of a histogram")
            .value("value_max", "max", "the largest of a histogram")
            .value("bucket_counts", "values in each bucket of a histogram")
            .value("explicit_bounds", "where the buckets end, inclusive")
            .value("scale", "resolution of an exponential histogram")
            .value("zero_count", "values of it that are zero")
            .value("zero_threshold", "up to where values count as zero")
            .value("positive_offset", "positive.offset", "index of the first positive bucket")
            .value("positive_bucket_counts", "positive.bucket_counts", "values in these")
            .value("negative_offset", "negative.offset", "index of the first negative bucket")
            .value("negative_bucket_counts", "negative.bucket_counts", "values in these")
            .quantiles("quantiles", "quantiles of a summary with their values")
            .children("exemplars", "_exemplars", exemplars(), "examples of values")
            .value("flags", "the bits of the flags; 1: no recorded value")
            .list());
    columns.addAll(
        ColumnList.of(table)
            .attributes("metadata", "of the metric")
            .resourceAttribute("service_name", "service.name")
            .shared("resource", "resource.id", resource(table), "who produced it")
            .shared("scope", "scope.id", scope(table), "the instrumentation")
            .list());
    return List.copyOf(columns);
  }

  private static ColumnList points() {
    return ColumnList.ofPoints(
        PayloadType.UNIVARIATE_METRICS.children().stream()
            .filter(table -> table.eventTime() != null)
            .sorted(Comparator.naturalOrder())
            .toArray(PayloadType[]::new));
  }

  private static List<TableColumn> resource(PayloadType root) {
    return ColumnList.of(root)
        .sharedAttributes(PayloadType.RESOURCE_ATTRS, "resource.id", "of the resource")
        .value("schema_url", "resource.schema_url", "schema of the resource")
        .value(
            "dropped_attributes_count",
            "resource.dropped_attributes_count",
            "attributes that the sender left out")
        .list();
  }

  private static List<TableColumn> scope(PayloadType root) {
    return ColumnList.of(root)
        .value("name", "scope.name", "name of the instrumentation")
        .value("version", "scope.version", "its version")
        .sharedAttributes(PayloadType.SCOPE_ATTRS, "scope.id", "of the scope")
        .value("schema_url", "schema_url", "schema of the scope and its records")
        .value(
            "dropped_attributes_count",
            "scope.dropped_attributes_count",
            "attributes that the sender left out")
        .list();
  }

  private static List<TableColumn> events() {
    return ColumnList.of(PayloadType.SPAN_EVENTS)
        .value("timestamp", "time_unix_nano", "when it happened")
        .value("name", "name of the event")
        .attributes("attributes", "of the event")
        .value("dropped_attributes_count", "attributes that the sender left out")
        .list();
  }

  private static List<TableColumn> links() {
    return ColumnList.of(PayloadType.SPAN_LINKS)
        .value("trace_id", "32 hex digits")
        .value("span_id", "16 hex digits")
        .value("trace_state", "W3C tracestate")
        .attributes("attributes", "of the link")
        .value("flags", "the bits of the flags")
        .value("dropped_attributes_count", "attributes that the sender left out")
        .list();
  }

  private static List<TableColumn> exemplars() {
    return ColumnList.of(PayloadType.NUMBER_DP_EXEMPLARS)
        .value("timestamp", "time_unix_nano", "when it was measured")
        .filledId("trace_id", "32 hex digits")
        .filledId("span_id", "16 hex digits")
        .number("int_value", true, "the value, if it is an int")
        .number("double_value", false, "the value, if it is a double")
        .attributes("filtered_attributes", "attributes that the point does not have")
        .list();
  }
}

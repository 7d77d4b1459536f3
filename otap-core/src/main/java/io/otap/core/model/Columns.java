/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import static io.otap.core.model.Column.Exporter.DEFAULT_FILLED;
import static io.otap.core.model.Column.Exporter.DROPPED;
import static io.otap.core.model.Column.Exporter.NULL_FILLED;
import static io.otap.core.model.Column.Nulls.ABSENT;
import static io.otap.core.model.Column.Nulls.DEFAULT;
import static io.otap.core.model.Column.Nulls.REFUSED;
import static io.otap.core.model.Column.Wire.DICTIONARY_16;
import static io.otap.core.model.Column.Wire.DICTIONARY_8;
import static io.otap.core.model.Column.Wire.NATIVE;
import static io.otap.core.model.ColumnType.BINARY;
import static io.otap.core.model.ColumnType.BOOL;
import static io.otap.core.model.ColumnType.DURATION;
import static io.otap.core.model.ColumnType.FIXED16;
import static io.otap.core.model.ColumnType.FIXED8;
import static io.otap.core.model.ColumnType.FLOAT64;
import static io.otap.core.model.ColumnType.INT32;
import static io.otap.core.model.ColumnType.INT64;
import static io.otap.core.model.ColumnType.TIMESTAMP;
import static io.otap.core.model.ColumnType.UINT16;
import static io.otap.core.model.ColumnType.UINT32;
import static io.otap.core.model.ColumnType.UINT64;
import static io.otap.core.model.ColumnType.UINT8;
import static io.otap.core.model.ColumnType.UTF8;

import io.otap.core.model.Column.Exporter;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.Column.Role;
import io.otap.core.model.Column.Wire;
import java.util.ArrayList;
import java.util.List;

/** The columns of every table, in the exporter's order (OTAP-FORMAT 2 and 5.2). */
final class Columns {

  private final List<Column> columns = new ArrayList<>();

  private Columns() {}

  static List<Column> logs() {
    return new Columns()
        .id(UINT16)
        .resource()
        .scope(NULL_FILLED)
        .add("schema_url", UTF8, Role.SCOPE_FIELD, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .field("time_unix_nano", TIMESTAMP, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("observed_time_unix_nano", TIMESTAMP, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("trace_id", FIXED16, ABSENT, DICTIONARY_8, NULL_FILLED)
        .field("span_id", FIXED8, ABSENT, DICTIONARY_8, NULL_FILLED)
        .field("severity_number", INT32, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("severity_text", UTF8, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("body.type", UINT8, DEFAULT, NATIVE, NULL_FILLED)
        .required()
        .anyValue("body.")
        .field("dropped_attributes_count", UINT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("event_name", UTF8, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("flags", UINT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .list();
  }

  static List<Column> spans() {
    return new Columns()
        .id(UINT16)
        .resource()
        .scope(NULL_FILLED)
        .add("schema_url", UTF8, Role.SCOPE_FIELD, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .field("start_time_unix_nano", TIMESTAMP, DEFAULT, NATIVE, DEFAULT_FILLED)
        .required()
        .field("duration_time_unix_nano", DURATION, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .required()
        .field("trace_id", FIXED16, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .required()
        .field("span_id", FIXED8, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .required()
        .field("trace_state", UTF8, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("parent_span_id", FIXED8, ABSENT, NATIVE, NULL_FILLED)
        .field("name", UTF8, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .required()
        .field("kind", INT32, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("dropped_attributes_count", UINT32, DEFAULT, NATIVE, NULL_FILLED)
        .field("dropped_events_count", UINT32, DEFAULT, NATIVE, NULL_FILLED)
        .field("dropped_links_count", UINT32, DEFAULT, NATIVE, NULL_FILLED)
        .field("flags", UINT32, DEFAULT, NATIVE, DROPPED)
        .field("status.code", INT32, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("status.status_message", UTF8, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .list();
  }

  static List<Column> spanEvents() {
    return new Columns()
        .id(UINT32)
        .parentId(UINT16, NATIVE)
        .field("time_unix_nano", TIMESTAMP, DEFAULT, NATIVE, NULL_FILLED)
        .field("name", UTF8, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .chained()
        .required()
        .field("dropped_attributes_count", UINT32, DEFAULT, NATIVE, NULL_FILLED)
        .list();
  }

  static List<Column> spanLinks() {
    return new Columns()
        .id(UINT32)
        .parentId(UINT16, NATIVE)
        .field("trace_id", FIXED16, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .chained()
        .required()
        .field("span_id", FIXED8, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .required()
        .field("trace_state", UTF8, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("dropped_attributes_count", UINT32, DEFAULT, NATIVE, NULL_FILLED)
        .field("flags", UINT32, DEFAULT, NATIVE, DROPPED)
        .list();
  }

  static List<Column> metrics() {
    return new Columns()
        .id(UINT16)
        .required()
        .resource()
        .scope(DEFAULT_FILLED)
        .add("schema_url", UTF8, Role.SCOPE_FIELD, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .field("metric_type", UINT8, DEFAULT, NATIVE, DEFAULT_FILLED)
        .required()
        .field("name", UTF8, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .required()
        .field("description", UTF8, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .field("unit", UTF8, DEFAULT, DICTIONARY_8, DEFAULT_FILLED)
        .field("aggregation_temporality", INT32, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .field("is_monotonic", BOOL, DEFAULT, NATIVE, DROPPED)
        .list();
  }

  static List<Column> numberPoints() {
    return new Columns()
        .points(NULL_FILLED)
        .field("int_value", INT64, ABSENT, NATIVE, NULL_FILLED)
        .field("double_value", FLOAT64, ABSENT, NATIVE, NULL_FILLED)
        .field("flags", UINT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .list();
  }

  static List<Column> summaryPoints() {
    return new Columns()
        .points(DEFAULT_FILLED)
        .field("count", UINT64, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("sum", FLOAT64, DEFAULT, NATIVE, DEFAULT_FILLED)
        .items("quantile.quantile", FLOAT64)
        .items("quantile.value", FLOAT64)
        .field("flags", UINT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .list();
  }

  static List<Column> histogramPoints() {
    return new Columns()
        .points(DEFAULT_FILLED)
        .field("count", UINT64, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("sum", FLOAT64, ABSENT, NATIVE, NULL_FILLED)
        .listOf("bucket_counts", UINT64)
        .listOf("explicit_bounds", FLOAT64)
        .field("flags", UINT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("min", FLOAT64, ABSENT, NATIVE, NULL_FILLED)
        .field("max", FLOAT64, ABSENT, NATIVE, NULL_FILLED)
        .list();
  }

  static List<Column> expHistogramPoints() {
    return new Columns()
        .points(DEFAULT_FILLED)
        .field("count", UINT64, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("sum", FLOAT64, ABSENT, NATIVE, NULL_FILLED)
        .field("scale", INT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("zero_count", UINT64, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("zero_threshold", FLOAT64, DEFAULT, NATIVE, DROPPED)
        .field("positive.offset", INT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .listOf("positive.bucket_counts", UINT64)
        .field("negative.offset", INT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .listOf("negative.bucket_counts", UINT64)
        .field("flags", UINT32, DEFAULT, NATIVE, DEFAULT_FILLED)
        .field("min", FLOAT64, ABSENT, NATIVE, NULL_FILLED)
        .field("max", FLOAT64, ABSENT, NATIVE, NULL_FILLED)
        .list();
  }

  static List<Column> exemplars() {
    return new Columns()
        .id(UINT32)
        .parentId(UINT32, DICTIONARY_8)
        .field("time_unix_nano", TIMESTAMP, DEFAULT, NATIVE, DEFAULT_FILLED)
        .required()
        // The engine decodes a dictionary here, but does not encode it as OTLP.
        .field("int_value", INT64, ABSENT, NATIVE, DEFAULT_FILLED)
        .chained()
        .field("double_value", FLOAT64, ABSENT, NATIVE, DEFAULT_FILLED)
        .chained()
        .field("span_id", FIXED8, ABSENT, DICTIONARY_8, NULL_FILLED)
        .field("trace_id", FIXED16, ABSENT, DICTIONARY_8, NULL_FILLED)
        .list();
  }

  static List<Column> attributes(PayloadType.IdWidth parent) {
    return new Columns()
        .parentId(parent.type, parent.type == UINT32 ? DICTIONARY_8 : NATIVE)
        .field("key", UTF8, REFUSED, DICTIONARY_8, DEFAULT_FILLED)
        .field("type", UINT8, REFUSED, NATIVE, DEFAULT_FILLED)
        .anyValue("")
        .list();
  }

  private Columns id(ColumnType type) {
    return add("id", type, Role.ID, ABSENT, NATIVE, NULL_FILLED);
  }

  private Columns parentId(ColumnType type, Wire wire) {
    return add("parent_id", type, Role.PARENT_ID, REFUSED, wire, DEFAULT_FILLED);
  }

  private Columns resource() {
    return add("resource.id", UINT16, Role.RESOURCE_ID, ABSENT, NATIVE, NULL_FILLED)
        .add("resource.schema_url", UTF8, Role.RESOURCE_FIELD, DEFAULT, DICTIONARY_8, NULL_FILLED)
        .add(
            "resource.dropped_attributes_count",
            UINT32,
            Role.RESOURCE_FIELD,
            DEFAULT,
            NATIVE,
            NULL_FILLED);
  }

  private Columns scope(Exporter exporter) {
    return add("scope.id", UINT16, Role.SCOPE_ID, ABSENT, NATIVE, exporter)
        .add("scope.name", UTF8, Role.SCOPE_FIELD, DEFAULT, DICTIONARY_8, exporter)
        .add("scope.version", UTF8, Role.SCOPE_FIELD, DEFAULT, DICTIONARY_8, exporter)
        .add("scope.dropped_attributes_count", UINT32, Role.SCOPE_FIELD, DEFAULT, NATIVE, exporter);
  }

  private Columns points(Exporter startTime) {
    return id(UINT32)
        .parentId(UINT16, NATIVE)
        .field("start_time_unix_nano", TIMESTAMP, DEFAULT, NATIVE, startTime)
        .field("time_unix_nano", TIMESTAMP, DEFAULT, NATIVE, NULL_FILLED);
  }

  private Columns anyValue(String prefix) {
    return field(prefix + "str", UTF8, DEFAULT, DICTIONARY_16, NULL_FILLED)
        .field(prefix + "int", INT64, DEFAULT, DICTIONARY_16, NULL_FILLED)
        .field(prefix + "double", FLOAT64, DEFAULT, NATIVE, NULL_FILLED)
        .field(prefix + "bool", BOOL, DEFAULT, NATIVE, NULL_FILLED)
        .field(prefix + "bytes", BINARY, DEFAULT, DICTIONARY_16, NULL_FILLED)
        .field(prefix + "ser", BINARY, DEFAULT, DICTIONARY_16, NULL_FILLED);
  }

  private Columns field(String path, ColumnType type, Nulls nulls, Wire wire, Exporter exporter) {
    return add(path, type, Role.FIELD, nulls, wire, exporter);
  }

  /** A field of the structs of a list. */
  private Columns items(String path, ColumnType type) {
    columns.add(
        new Column(
            columns.size(),
            path,
            type,
            true,
            true,
            Role.FIELD,
            DEFAULT,
            false,
            false,
            NATIVE,
            DEFAULT_FILLED));
    return this;
  }

  private Columns listOf(String path, ColumnType type) {
    columns.add(
        new Column(
            columns.size(),
            path,
            type,
            true,
            false,
            Role.FIELD,
            DEFAULT,
            false,
            false,
            NATIVE,
            DEFAULT_FILLED));
    return this;
  }

  private Columns add(
      String path, ColumnType type, Role role, Nulls nulls, Wire wire, Exporter exporter) {
    boolean required = nulls == REFUSED;
    columns.add(
        new Column(
            columns.size(),
            path,
            type,
            false,
            false,
            role,
            nulls,
            required,
            false,
            wire,
            exporter));
    return this;
  }

  /** Says that receivers ask for the column that was added last. */
  private Columns required() {
    int last = columns.size() - 1;
    columns.set(last, columns.get(last).asRequired());
    return this;
  }

  /** Says that parent ids are differences where the column added last repeats its value. */
  private Columns chained() {
    int last = columns.size() - 1;
    columns.set(last, columns.get(last).asChained());
    return this;
  }

  private List<Column> list() {
    return List.copyOf(columns);
  }
}

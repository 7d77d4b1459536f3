/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.otap.core.batch.Concatenation;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Validity;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A request as the engine's encoder turns it into tables: rows in the order of the request, every
 * resource and scope with a number of its own even if it equals another, ids from 0 (OTAP-FORMAT
 * 5.6). Ids of logs have 16 bits and wrap.
 */
final class EngineBatch {

  private final Map<PayloadType, List<OtapTable>> parts = new EnumMap<>(PayloadType.class);
  private final Map<PayloadType, Integer> issued = new EnumMap<>(PayloadType.class);
  private int resources;
  private int scopes;

  private EngineBatch() {}

  static Map<PayloadType, OtapTable> of(MessageLite request) throws IOException {
    EngineBatch batch = new EngineBatch();
    if (request instanceof ExportLogsServiceRequest logs) {
      batch.logs(logs);
    } else if (request instanceof ExportTraceServiceRequest traces) {
      batch.traces(traces);
    } else {
      batch.metrics((ExportMetricsServiceRequest) request);
    }
    Map<PayloadType, OtapTable> tables = new EnumMap<>(PayloadType.class);
    batch.parts.forEach((type, list) -> tables.put(type, Concatenation.of(type, list)));
    wrap(tables, PayloadType.LOGS, "id");
    wrap(tables, PayloadType.LOG_ATTRS, "parent_id");
    return tables;
  }

  private void logs(ExportLogsServiceRequest request) throws IOException {
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        add(
            Worlds.decode(
                ExportLogsServiceRequest.newBuilder()
                    .addResourceLogs(resource.toBuilder().clearScopeLogs().addScopeLogs(scope))
                    .build()),
            scope == resource.getScopeLogs(0));
      }
      resources++;
    }
  }

  private void traces(ExportTraceServiceRequest request) throws IOException {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        add(
            Worlds.decode(
                ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(resource.toBuilder().clearScopeSpans().addScopeSpans(scope))
                    .build()),
            scope == resource.getScopeSpans(0));
      }
      resources++;
    }
  }

  private void metrics(ExportMetricsServiceRequest request) throws IOException {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        add(
            Worlds.decode(
                ExportMetricsServiceRequest.newBuilder()
                    .addResourceMetrics(
                        resource.toBuilder().clearScopeMetrics().addScopeMetrics(scope))
                    .build()),
            scope == resource.getScopeMetrics(0));
      }
      resources++;
    }
  }

  /** Adds the records of one scope. */
  private void add(List<OtapBatch> batches, boolean firstOfResource) {
    boolean first = true;
    for (OtapBatch batch : batches) {
      Map<PayloadType, Integer> before = new EnumMap<>(issued);
      for (OtapTable table : batch.tables()) {
        PayloadType type = table.type();
        OtapTable moved = table;
        if (type.isShared()) {
          boolean resource = type == PayloadType.RESOURCE_ATTRS;
          if (!first || resource && !firstOfResource) {
            continue;
          }
          moved = with(table, "parent_id", resource ? resources : scopes);
        } else if (type.parent() != null) {
          int shift = before.getOrDefault(type.parent(), 0);
          moved = table.with(type.parentId(), move(table, type.parentId(), shift));
        }
        if (type.id() != null && table.vector(type.id()) != null) {
          IntVector ids = (IntVector) table.vector(type.id());
          moved = moved.with(type.id(), move(table, type.id(), before.getOrDefault(type, 0)));
          issued.merge(type, Validity.count(ids.validity(), ids.length()), Integer::sum);
        }
        if (type.isRoot()) {
          moved = with(with(moved, "resource.id", resources), "scope.id", scopes);
        }
        parts.computeIfAbsent(type, t -> new ArrayList<>()).add(moved);
      }
      first = false;
    }
    scopes++;
  }

  private static OtapTable with(OtapTable table, String path, int value) {
    int[] values = new int[table.rows()];
    Arrays.fill(values, value);
    return table.with(table.type().column(path), new IntVector(values.length, null, values));
  }

  /** Ids moved by a number; nulls stay. */
  static IntVector move(OtapTable table, Column column, int by) {
    IntVector ids = (IntVector) table.vector(column);
    int[] values = new int[ids.length()];
    for (int row = 0; row < values.length; row++) {
      values[row] = ids.isNull(row) ? 0 : ids.get(row) + by;
    }
    return new IntVector(values.length, ids.validity(), values);
  }

  private static void wrap(Map<PayloadType, OtapTable> tables, PayloadType type, String path) {
    OtapTable table = tables.get(type);
    if (table == null || table.intVector(path) == null) {
      return;
    }
    IntVector ids = table.intVector(path);
    int[] values = new int[ids.length()];
    for (int row = 0; row < values.length; row++) {
      values[row] = ids.get(row) & 0xFFFF;
    }
    tables.put(
        type, table.with(type.column(path), new IntVector(values.length, ids.validity(), values)));
  }
}

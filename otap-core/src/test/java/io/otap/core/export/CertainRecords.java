/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.otlp.OtlpRequests;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Records one by one, those whose resource or scope is not certain without its attributes. Records
 * are known by the marks of {@link DecentSender}.
 */
final class CertainRecords {

  private final Set<Object> openResources = new HashSet<>();
  private final Set<Object> openScopes = new HashSet<>();
  private int rows;

  /** Notes which rows of a batch are not certain. */
  void note(OtapBatch batch) {
    OtapTable root = batch.root();
    for (int row = 0; row < batch.rows(); row++) {
      Object mark =
          switch (batch.signal()) {
            case LOGS -> root.longVector("observed_time_unix_nano").get(row);
            default -> root.binaryVector("name").string(row);
          };
      rows++;
      if (!batch.resourceRecovery(row).isCertain()) {
        openResources.add(mark);
      }
      if (!batch.scopeRecovery(row).isCertain()) {
        openScopes.add(mark);
      }
    }
  }

  int rows() {
    return rows;
  }

  int open() {
    return openResources.size();
  }

  OtlpRecords records() {
    return new OtlpRecords(ComparisonProfile.PARQUET);
  }

  void add(OtapBatch batch, OtlpRecords to) throws IOException {
    switch (batch.signal()) {
      case LOGS -> add(OtlpRequests.logs(batch), to);
      case TRACES -> add(OtlpRequests.traces(batch), to);
      default -> add(OtlpRequests.metrics(batch), to);
    }
  }

  void add(MessageLite request, OtlpRecords to) {
    if (request instanceof ExportLogsServiceRequest logs) {
      for (ResourceLogs resource : logs.getResourceLogsList()) {
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          for (LogRecord log : scope.getLogRecordsList()) {
            Object mark = log.getObservedTimeUnixNano();
            to.add(
                ExportLogsServiceRequest.newBuilder()
                    .addResourceLogs(
                        resource.toBuilder()
                            .clearScopeLogs()
                            .setResource(known(resource.getResource(), mark))
                            .addScopeLogs(
                                scope.toBuilder()
                                    .clearLogRecords()
                                    .setScope(known(scope.getScope(), mark))
                                    .addLogRecords(log)))
                    .build());
          }
        }
      }
    } else if (request instanceof ExportTraceServiceRequest traces) {
      for (ResourceSpans resource : traces.getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          for (Span span : scope.getSpansList()) {
            to.add(
                ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(
                        resource.toBuilder()
                            .clearScopeSpans()
                            .setResource(known(resource.getResource(), span.getName()))
                            .addScopeSpans(
                                scope.toBuilder()
                                    .clearSpans()
                                    .setScope(known(scope.getScope(), span.getName()))
                                    .addSpans(span)))
                    .build());
          }
        }
      }
    } else {
      metrics((ExportMetricsServiceRequest) request, to);
    }
  }

  private void metrics(ExportMetricsServiceRequest request, OtlpRecords to) {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          to.add(
              ExportMetricsServiceRequest.newBuilder()
                  .addResourceMetrics(
                      resource.toBuilder()
                          .clearScopeMetrics()
                          .setResource(known(resource.getResource(), metric.getName()))
                          .addScopeMetrics(
                              scope.toBuilder()
                                  .clearMetrics()
                                  .setScope(known(scope.getScope(), metric.getName()))
                                  .addMetrics(metric)))
                  .build());
        }
      }
    }
  }

  private Resource known(Resource resource, Object mark) {
    return openResources.contains(mark) ? resource.toBuilder().clearAttributes().build() : resource;
  }

  private InstrumentationScope known(InstrumentationScope scope, Object mark) {
    return openScopes.contains(mark) ? scope.toBuilder().clearAttributes().build() : scope;
  }
}

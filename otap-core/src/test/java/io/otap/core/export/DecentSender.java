/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Makes a request one of a sender that keeps the assumptions of recovery (docs/RECOVERY.md 3): no
 * resource or scope without records, every resource with an attribute {@code service.name}. Each
 * record gets a mark by which it is known again, and each exemplar a value, since the exporter
 * cannot write one without.
 */
final class DecentSender {

  private int next;

  MessageLite decent(MessageLite request) {
    if (request instanceof ExportLogsServiceRequest logs) {
      return decent(logs);
    }
    return request instanceof ExportTraceServiceRequest traces
        ? decent(traces)
        : decent((ExportMetricsServiceRequest) request);
  }

  private ExportLogsServiceRequest decent(ExportLogsServiceRequest request) {
    ExportLogsServiceRequest.Builder out = ExportLogsServiceRequest.newBuilder();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      ResourceLogs.Builder kept = resource.toBuilder().clearScopeLogs();
      kept.setResource(named(resource.getResource()));
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        if (scope.getLogRecordsCount() > 0) {
          ScopeLogs.Builder marked = scope.toBuilder();
          for (LogRecord.Builder log : marked.getLogRecordsBuilderList()) {
            log.setObservedTimeUnixNano(++next);
          }
          kept.addScopeLogs(marked);
        }
      }
      if (kept.getScopeLogsCount() > 0) {
        out.addResourceLogs(kept);
      }
    }
    return out.build();
  }

  private ExportTraceServiceRequest decent(ExportTraceServiceRequest request) {
    ExportTraceServiceRequest.Builder out = ExportTraceServiceRequest.newBuilder();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      ResourceSpans.Builder kept = resource.toBuilder().clearScopeSpans();
      kept.setResource(named(resource.getResource()));
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        if (scope.getSpansCount() > 0) {
          ScopeSpans.Builder marked = scope.toBuilder();
          for (Span.Builder span : marked.getSpansBuilderList()) {
            span.setName(span.getName() + "#" + ++next);
          }
          kept.addScopeSpans(marked);
        }
      }
      if (kept.getScopeSpansCount() > 0) {
        out.addResourceSpans(kept);
      }
    }
    return out.build();
  }

  private ExportMetricsServiceRequest decent(ExportMetricsServiceRequest request) {
    ExportMetricsServiceRequest.Builder out = ExportMetricsServiceRequest.newBuilder();
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      ResourceMetrics.Builder kept = resource.toBuilder().clearScopeMetrics();
      kept.setResource(named(resource.getResource()));
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        if (scope.getMetricsCount() > 0) {
          ScopeMetrics.Builder marked = scope.toBuilder();
          marked.getMetricsBuilderList().forEach(this::decent);
          kept.addScopeMetrics(marked);
        }
      }
      if (kept.getScopeMetricsCount() > 0) {
        out.addResourceMetrics(kept);
      }
    }
    return out.build();
  }

  private void decent(Metric.Builder metric) {
    metric.setName(metric.getName() + "#" + ++next);
    if (metric.hasGauge()) {
      metric.getGaugeBuilder().getDataPointsBuilderList().forEach(DecentSender::valued);
    } else if (metric.hasSum()) {
      metric.getSumBuilder().getDataPointsBuilderList().forEach(DecentSender::valued);
    } else if (metric.hasHistogram()) {
      for (HistogramDataPoint.Builder point :
          metric.getHistogramBuilder().getDataPointsBuilderList()) {
        point.getExemplarsBuilderList().forEach(DecentSender::valued);
      }
    } else if (metric.hasExponentialHistogram()) {
      for (ExponentialHistogramDataPoint.Builder point :
          metric.getExponentialHistogramBuilder().getDataPointsBuilderList()) {
        point.getExemplarsBuilderList().forEach(DecentSender::valued);
      }
    }
  }

  private static void valued(NumberDataPoint.Builder point) {
    point.getExemplarsBuilderList().forEach(DecentSender::valued);
  }

  private static void valued(Exemplar.Builder exemplar) {
    if (!exemplar.hasAsDouble() && !exemplar.hasAsInt()) {
      exemplar.setAsDouble(1.5);
    }
  }

  private static Resource named(Resource resource) {
    for (KeyValue attribute : resource.getAttributesList()) {
      if (attribute.getKey().equals("service.name")) {
        return resource;
      }
    }
    return resource.toBuilder()
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("service.name")
                .setValue(
                    AnyValue.newBuilder()
                        .setStringValue("s" + Math.floorMod(resource.hashCode(), 5))))
        .build();
  }
}

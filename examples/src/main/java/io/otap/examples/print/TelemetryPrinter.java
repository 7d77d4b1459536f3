/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.function.Consumer;

/**
 * Telemetry as text for people. Pieces of whole lines go to a consumer; they are not meant to be
 * parsed.
 */
public final class TelemetryPrinter {

  private final PrintDetail detail;
  private final Lines lines;

  /**
   * @param out takes text of one or more lines, each ended
   */
  public TelemetryPrinter(PrintDetail detail, Consumer<String> out) {
    this.detail = detail;
    this.lines = new Lines(out);
  }

  public void logs(ExportLogsServiceRequest request) {
    switch (detail) {
      case BASIC ->
          summary(
              "logs",
              request.getResourceLogsCount(),
              request.getResourceLogsList().stream().mapToInt(r -> r.getScopeLogsCount()).sum(),
              request.getResourceLogsList().stream()
                  .flatMap(r -> r.getScopeLogsList().stream())
                  .mapToInt(s -> s.getLogRecordsCount())
                  .sum());
      case NORMAL -> LogText.normal(request, lines);
      case DETAILED -> LogText.detailed(request, lines);
    }
    lines.flush();
  }

  public void traces(ExportTraceServiceRequest request) {
    switch (detail) {
      case BASIC ->
          summary(
              "traces",
              request.getResourceSpansCount(),
              request.getResourceSpansList().stream().mapToInt(r -> r.getScopeSpansCount()).sum(),
              request.getResourceSpansList().stream()
                  .flatMap(r -> r.getScopeSpansList().stream())
                  .mapToInt(s -> s.getSpansCount())
                  .sum());
      case NORMAL -> SpanText.normal(request, lines);
      case DETAILED -> SpanText.detailed(request, lines);
    }
    lines.flush();
  }

  public void metrics(ExportMetricsServiceRequest request) {
    switch (detail) {
      case BASIC ->
          summary(
              "metrics",
              request.getResourceMetricsCount(),
              request.getResourceMetricsList().stream()
                  .mapToInt(r -> r.getScopeMetricsCount())
                  .sum(),
              request.getResourceMetricsList().stream()
                  .flatMap(r -> r.getScopeMetricsList().stream())
                  .mapToInt(s -> s.getMetricsCount())
                  .sum());
      case NORMAL -> MetricText.normal(request, lines);
      case DETAILED -> MetricText.detailed(request, lines);
    }
    lines.flush();
  }

  private void summary(String signal, int resources, int scopes, int records) {
    lines.line(
        0,
        signal
            + ": "
            + count(records, "record")
            + ", "
            + count(resources, "resource")
            + ", "
            + count(scopes, "scope"));
  }

  private static String count(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}

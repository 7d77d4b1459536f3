/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;

/** Logs as text. */
final class LogText {

  private LogText() {}

  static void normal(ExportLogsServiceRequest request, Lines lines) {
    for (ResourceLogs resource : request.getResourceLogsList()) {
      String service = Heading.service(resource.getResource());
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord log : scope.getLogRecordsList()) {
          long time = log.getTimeUnixNano();
          lines.line(
              0,
              String.format(
                      "%-30s %-6s %s  %s",
                      ValueText.timeOrDash(time == 0 ? log.getObservedTimeUnixNano() : time),
                      severity(log),
                      service,
                      ValueText.body(log.getBody()))
                  .stripTrailing());
        }
      }
    }
  }

  static void detailed(ExportLogsServiceRequest request, Lines lines) {
    for (ResourceLogs resource : request.getResourceLogsList()) {
      Heading.resource(lines, resource.getResource(), resource.getSchemaUrl());
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        Heading.scope(lines, scope.getScope(), scope.getSchemaUrl());
        scope.getLogRecordsList().forEach(log -> detailed(log, lines));
      }
    }
  }

  private static void detailed(LogRecord log, Lines lines) {
    lines.line(2, "Log " + ValueText.timeOrDash(log.getTimeUnixNano()));
    lines.field(3, "observed", ValueText.time(log.getObservedTimeUnixNano()));
    if (log.getSeverityNumberValue() != 0 || !log.getSeverityText().isEmpty()) {
      lines.line(3, "severity: " + severity(log) + " (" + log.getSeverityNumberValue() + ")");
    }
    lines.field(3, "event", ValueText.plain(log.getEventName()));
    if (log.hasBody()) {
      lines.line(3, "body: " + ValueText.of(log.getBody()));
    }
    lines.field(3, "trace", ValueText.hex(log.getTraceId()));
    lines.field(3, "span", ValueText.hex(log.getSpanId()));
    lines.field(3, "flags", Integer.toUnsignedLong(log.getFlags()));
    lines.field(3, "dropped attributes", Integer.toUnsignedLong(log.getDroppedAttributesCount()));
    ValueText.attributes(lines, 3, log.getAttributesList());
  }

  private static String severity(LogRecord log) {
    if (!log.getSeverityText().isEmpty()) {
      return ValueText.plain(log.getSeverityText());
    }
    SeverityNumber number = SeverityNumber.forNumber(log.getSeverityNumberValue());
    return number == null || log.getSeverityNumberValue() == 0
        ? "-"
        : number.name().substring("SEVERITY_NUMBER_".length());
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Locale;

/** Spans as text. */
final class SpanText {

  private static final double NANOS_PER_MILLI = 1e6;

  private SpanText() {}

  static void normal(ExportTraceServiceRequest request, Lines lines) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      String service = Heading.service(resource.getResource());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          lines.line(
              0,
              String.format(
                  Locale.ROOT,
                  "%-30s %10s %-8s %-5s %s  %s",
                  ValueText.timeOrDash(span.getStartTimeUnixNano()),
                  duration(span),
                  kind(span),
                  status(span.getStatus()),
                  service,
                  ValueText.plain(span.getName())));
        }
      }
    }
  }

  static void detailed(ExportTraceServiceRequest request, Lines lines) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      Heading.resource(lines, resource.getResource(), resource.getSchemaUrl());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        Heading.scope(lines, scope.getScope(), scope.getSchemaUrl());
        scope.getSpansList().forEach(span -> detailed(span, lines));
      }
    }
  }

  private static void detailed(Span span, Lines lines) {
    lines.line(2, "Span " + ValueText.plain(span.getName()));
    lines.field(3, "trace", ValueText.hex(span.getTraceId()));
    lines.field(3, "span", ValueText.hex(span.getSpanId()));
    lines.field(3, "parent", ValueText.hex(span.getParentSpanId()));
    lines.field(3, "trace state", ValueText.plain(span.getTraceState()));
    lines.line(3, "kind: " + kind(span));
    lines.field(3, "start", ValueText.time(span.getStartTimeUnixNano()));
    lines.field(3, "end", ValueText.time(span.getEndTimeUnixNano()));
    lines.line(3, "duration: " + duration(span));
    if (span.hasStatus()) {
      lines.line(
          3,
          ("status: "
                  + status(span.getStatus())
                  + " "
                  + ValueText.plain(span.getStatus().getMessage()))
              .strip());
    }
    lines.field(3, "dropped attributes", Integer.toUnsignedLong(span.getDroppedAttributesCount()));
    lines.field(3, "dropped events", Integer.toUnsignedLong(span.getDroppedEventsCount()));
    lines.field(3, "dropped links", Integer.toUnsignedLong(span.getDroppedLinksCount()));
    ValueText.attributes(lines, 3, span.getAttributesList());
    for (Span.Event event : span.getEventsList()) {
      lines.line(
          3,
          "Event "
              + ValueText.timeOrDash(event.getTimeUnixNano())
              + " "
              + ValueText.plain(event.getName()));
      lines.field(
          4, "dropped attributes", Integer.toUnsignedLong(event.getDroppedAttributesCount()));
      ValueText.attributes(lines, 4, event.getAttributesList());
    }
    for (Span.Link link : span.getLinksList()) {
      lines.line(
          3, "Link " + ValueText.hex(link.getTraceId()) + " " + ValueText.hex(link.getSpanId()));
      lines.field(4, "trace state", ValueText.plain(link.getTraceState()));
      lines.field(
          4, "dropped attributes", Integer.toUnsignedLong(link.getDroppedAttributesCount()));
      ValueText.attributes(lines, 4, link.getAttributesList());
    }
  }

  private static String duration(Span span) {
    long nanos = span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    return String.format(Locale.ROOT, "%.3f ms", nanos / NANOS_PER_MILLI);
  }

  private static String kind(Span span) {
    Span.SpanKind kind = Span.SpanKind.forNumber(span.getKindValue());
    return kind == null || span.getKindValue() == 0
        ? "-"
        : kind.name().substring("SPAN_KIND_".length());
  }

  private static String status(Status status) {
    Status.StatusCode code = Status.StatusCode.forNumber(status.getCodeValue());
    return code == null || status.getCodeValue() == 0
        ? "-"
        : code.name().substring("STATUS_CODE_".length());
  }
}

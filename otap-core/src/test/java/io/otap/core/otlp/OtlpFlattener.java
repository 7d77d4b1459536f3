/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static io.otap.core.otlp.CanonicalText.anyValue;
import static io.otap.core.otlp.CanonicalText.attributes;
import static io.otap.core.otlp.CanonicalText.bytes;
import static io.otap.core.otlp.CanonicalText.json;
import static io.otap.core.otlp.CanonicalText.jsonArray;
import static io.otap.core.otlp.CanonicalText.sorted;
import static io.otap.core.otlp.CanonicalText.unsigned;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Takes requests apart into {@link OtlpRecord}s. */
final class OtlpFlattener {

  private final boolean exact;
  private final boolean literal;
  private final boolean zerosAreIds;
  private final Set<String> ignored;
  private final MetricFlattener metrics;

  OtlpFlattener(ComparisonProfile profile, Set<String> ignored) {
    this.exact = profile != ComparisonProfile.PARQUET;
    this.literal = profile == ComparisonProfile.EXACT;
    this.zerosAreIds = profile != ComparisonProfile.WIRE;
    this.ignored = ignored;
    this.metrics = new MetricFlattener(exact, literal);
  }

  void flatten(ExportLogsServiceRequest request, Consumer<OtlpRecord> out) {
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        Map<String, String> context =
            context(
                resource.getResource(),
                resource.getSchemaUrl(),
                scope.getScope(),
                scope.getSchemaUrl());
        scope.getLogRecordsList().forEach(r -> emit(context, log(r), out));
      }
    }
  }

  void flatten(ExportTraceServiceRequest request, Consumer<OtlpRecord> out) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        Map<String, String> context =
            context(
                resource.getResource(),
                resource.getSchemaUrl(),
                scope.getScope(),
                scope.getSchemaUrl());
        scope.getSpansList().forEach(s -> emit(context, span(s), out));
      }
    }
  }

  void flatten(ExportMetricsServiceRequest request, Consumer<OtlpRecord> out) {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        Map<String, String> context =
            context(
                resource.getResource(),
                resource.getSchemaUrl(),
                scope.getScope(),
                scope.getSchemaUrl());
        scope
            .getMetricsList()
            .forEach(m -> metrics.flatten(m, fields -> emit(context, fields, out)));
      }
    }
  }

  private void emit(
      Map<String, String> context, Map<String, String> fields, Consumer<OtlpRecord> out) {
    fields.keySet().removeAll(ignored);
    out.accept(new OtlpRecord(context, fields));
  }

  private Map<String, String> context(
      Resource resource, String resourceUrl, InstrumentationScope scope, String scopeUrl) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("resource.attributes", attributes(resource.getAttributesList()));
    out.put("resource.dropped_attributes_count", unsigned(resource.getDroppedAttributesCount()));
    out.put("resource.schema_url", resourceUrl);
    if (literal) {
      out.put(
          "resource.entity_refs",
          sorted(resource.getEntityRefsList(), ref -> bytes(ref.toByteString())));
    }
    out.put("scope.name", scope.getName());
    out.put("scope.version", scope.getVersion());
    out.put("scope.attributes", attributes(scope.getAttributesList()));
    out.put("scope.dropped_attributes_count", unsigned(scope.getDroppedAttributesCount()));
    out.put("scope.schema_url", scopeUrl);
    out.keySet().removeAll(ignored);
    return out;
  }

  private Map<String, String> log(LogRecord log) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("time_unix_nano", unsigned(log.getTimeUnixNano()));
    out.put("observed_time_unix_nano", unsigned(log.getObservedTimeUnixNano()));
    out.put("severity_number", Integer.toString(log.getSeverityNumberValue()));
    out.put("severity_text", log.getSeverityText());
    String body = log.hasBody() ? anyValue(log.getBody()) : "absent";
    out.put("body", !literal && body.equals("e") ? "absent" : body);
    out.put("attributes", attributes(log.getAttributesList()));
    out.put("dropped_attributes_count", unsigned(log.getDroppedAttributesCount()));
    out.put("flags", unsigned(log.getFlags()));
    out.put("trace_id", id(log.getTraceId()));
    out.put("span_id", id(log.getSpanId()));
    out.put("event_name", log.getEventName());
    return out;
  }

  private Map<String, String> span(Span span) {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("trace_id", id(span.getTraceId()));
    out.put("span_id", id(span.getSpanId()));
    out.put("trace_state", span.getTraceState());
    out.put("parent_span_id", id(span.getParentSpanId()));
    out.put("name", span.getName());
    out.put("kind", Integer.toString(span.getKindValue()));
    out.put("start_time_unix_nano", unsigned(span.getStartTimeUnixNano()));
    out.put("end_time_unix_nano", unsigned(span.getEndTimeUnixNano()));
    out.put("attributes", attributes(span.getAttributesList()));
    out.put("dropped_attributes_count", unsigned(span.getDroppedAttributesCount()));
    out.put("events", sorted(span.getEventsList(), OtlpFlattener::event));
    out.put("dropped_events_count", unsigned(span.getDroppedEventsCount()));
    out.put("links", sorted(span.getLinksList(), this::link));
    out.put("dropped_links_count", unsigned(span.getDroppedLinksCount()));
    out.put("status.code", Integer.toString(span.getStatus().getCodeValue()));
    out.put("status.message", span.getStatus().getMessage());
    if (exact) {
      out.put("flags", unsigned(span.getFlags()));
    }
    return out;
  }

  static boolean isZero(ByteString id) {
    return id.equals(ByteString.copyFrom(new byte[id.size()]));
  }

  private String id(ByteString id) {
    return bytes(zerosAreIds || !isZero(id) ? id : ByteString.EMPTY);
  }

  private static String event(Span.Event event) {
    return jsonArray(
        json(unsigned(event.getTimeUnixNano())),
        json(event.getName()),
        json(attributes(event.getAttributesList())),
        unsigned(event.getDroppedAttributesCount()));
  }

  private String link(Span.Link link) {
    return jsonArray(
        json(id(link.getTraceId())),
        json(id(link.getSpanId())),
        json(link.getTraceState()),
        json(attributes(link.getAttributesList())),
        unsigned(link.getDroppedAttributesCount()),
        exact ? unsigned(link.getFlags()) : "0");
  }
}

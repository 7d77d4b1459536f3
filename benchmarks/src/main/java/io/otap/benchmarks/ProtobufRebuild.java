/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * What a program does that makes OTLP with protobuf-java: one builder for each message, then {@code
 * toByteArray}. The values come from messages that are there already, so that finding them, and
 * making strings of bytes, costs nothing.
 */
final class ProtobufRebuild {

  private ProtobufRebuild() {}

  /** The bytes of a message equal to {@code request}, every part of which was built anew. */
  static byte[] bytes(MessageLite request) {
    return rebuilt(request).toByteArray();
  }

  static MessageLite rebuilt(MessageLite request) {
    if (request instanceof ExportLogsServiceRequest logs) {
      ExportLogsServiceRequest.Builder out = ExportLogsServiceRequest.newBuilder();
      for (ResourceLogs resource : logs.getResourceLogsList()) {
        out.addResourceLogs(resourceLogs(resource));
      }
      return out.build();
    }
    ExportTraceServiceRequest.Builder out = ExportTraceServiceRequest.newBuilder();
    for (ResourceSpans resource : ((ExportTraceServiceRequest) request).getResourceSpansList()) {
      out.addResourceSpans(resourceSpans(resource));
    }
    return out.build();
  }

  private static ResourceLogs resourceLogs(ResourceLogs in) {
    ResourceLogs.Builder out = ResourceLogs.newBuilder().setSchemaUrl(in.getSchemaUrl());
    if (in.hasResource()) {
      out.setResource(resource(in.getResource()));
    }
    for (ScopeLogs scope : in.getScopeLogsList()) {
      ScopeLogs.Builder logs = ScopeLogs.newBuilder().setSchemaUrl(scope.getSchemaUrl());
      if (scope.hasScope()) {
        logs.setScope(scope(scope.getScope()));
      }
      for (LogRecord record : scope.getLogRecordsList()) {
        logs.addLogRecords(log(record));
      }
      out.addScopeLogs(logs.build());
    }
    return out.build();
  }

  private static LogRecord log(LogRecord in) {
    LogRecord.Builder out =
        LogRecord.newBuilder()
            .setTimeUnixNano(in.getTimeUnixNano())
            .setObservedTimeUnixNano(in.getObservedTimeUnixNano())
            .setSeverityNumberValue(in.getSeverityNumberValue())
            .setSeverityText(in.getSeverityText())
            .setDroppedAttributesCount(in.getDroppedAttributesCount())
            .setFlags(in.getFlags())
            .setTraceId(in.getTraceId())
            .setSpanId(in.getSpanId())
            .setEventName(in.getEventName());
    if (in.hasBody()) {
      out.setBody(value(in.getBody()));
    }
    for (KeyValue attribute : in.getAttributesList()) {
      out.addAttributes(attribute(attribute));
    }
    return out.build();
  }

  private static ResourceSpans resourceSpans(ResourceSpans in) {
    ResourceSpans.Builder out = ResourceSpans.newBuilder().setSchemaUrl(in.getSchemaUrl());
    if (in.hasResource()) {
      out.setResource(resource(in.getResource()));
    }
    for (ScopeSpans scope : in.getScopeSpansList()) {
      ScopeSpans.Builder spans = ScopeSpans.newBuilder().setSchemaUrl(scope.getSchemaUrl());
      if (scope.hasScope()) {
        spans.setScope(scope(scope.getScope()));
      }
      for (Span span : scope.getSpansList()) {
        spans.addSpans(span(span));
      }
      out.addScopeSpans(spans.build());
    }
    return out.build();
  }

  private static Span span(Span in) {
    Span.Builder out =
        Span.newBuilder()
            .setTraceId(in.getTraceId())
            .setSpanId(in.getSpanId())
            .setTraceState(in.getTraceState())
            .setParentSpanId(in.getParentSpanId())
            .setFlags(in.getFlags())
            .setName(in.getName())
            .setKindValue(in.getKindValue())
            .setStartTimeUnixNano(in.getStartTimeUnixNano())
            .setEndTimeUnixNano(in.getEndTimeUnixNano())
            .setDroppedAttributesCount(in.getDroppedAttributesCount())
            .setDroppedEventsCount(in.getDroppedEventsCount())
            .setDroppedLinksCount(in.getDroppedLinksCount());
    for (KeyValue attribute : in.getAttributesList()) {
      out.addAttributes(attribute(attribute));
    }
    for (Span.Event event : in.getEventsList()) {
      out.addEvents(event(event));
    }
    for (Span.Link link : in.getLinksList()) {
      out.addLinks(link(link));
    }
    if (in.hasStatus()) {
      out.setStatus(
          Status.newBuilder()
              .setMessage(in.getStatus().getMessage())
              .setCodeValue(in.getStatus().getCodeValue())
              .build());
    }
    return out.build();
  }

  private static Span.Event event(Span.Event in) {
    Span.Event.Builder out =
        Span.Event.newBuilder()
            .setTimeUnixNano(in.getTimeUnixNano())
            .setName(in.getName())
            .setDroppedAttributesCount(in.getDroppedAttributesCount());
    for (KeyValue attribute : in.getAttributesList()) {
      out.addAttributes(attribute(attribute));
    }
    return out.build();
  }

  private static Span.Link link(Span.Link in) {
    Span.Link.Builder out =
        Span.Link.newBuilder()
            .setTraceId(in.getTraceId())
            .setSpanId(in.getSpanId())
            .setTraceState(in.getTraceState())
            .setFlags(in.getFlags())
            .setDroppedAttributesCount(in.getDroppedAttributesCount());
    for (KeyValue attribute : in.getAttributesList()) {
      out.addAttributes(attribute(attribute));
    }
    return out.build();
  }

  private static Resource resource(Resource in) {
    Resource.Builder out =
        Resource.newBuilder().setDroppedAttributesCount(in.getDroppedAttributesCount());
    for (KeyValue attribute : in.getAttributesList()) {
      out.addAttributes(attribute(attribute));
    }
    return out.build();
  }

  private static InstrumentationScope scope(InstrumentationScope in) {
    InstrumentationScope.Builder out =
        InstrumentationScope.newBuilder()
            .setName(in.getName())
            .setVersion(in.getVersion())
            .setDroppedAttributesCount(in.getDroppedAttributesCount());
    for (KeyValue attribute : in.getAttributesList()) {
      out.addAttributes(attribute(attribute));
    }
    return out.build();
  }

  private static KeyValue attribute(KeyValue in) {
    KeyValue.Builder out = KeyValue.newBuilder().setKey(in.getKey());
    if (in.hasValue()) {
      out.setValue(value(in.getValue()));
    }
    return out.build();
  }

  private static AnyValue value(AnyValue in) {
    AnyValue.Builder out = AnyValue.newBuilder();
    switch (in.getValueCase()) {
      case STRING_VALUE -> out.setStringValue(in.getStringValue());
      case INT_VALUE -> out.setIntValue(in.getIntValue());
      case DOUBLE_VALUE -> out.setDoubleValue(in.getDoubleValue());
      case BOOL_VALUE -> out.setBoolValue(in.getBoolValue());
      case BYTES_VALUE -> out.setBytesValue(in.getBytesValue());
      case ARRAY_VALUE -> {
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (AnyValue element : in.getArrayValue().getValuesList()) {
          array.addValues(value(element));
        }
        out.setArrayValue(array.build());
      }
      case KVLIST_VALUE -> {
        KeyValueList.Builder map = KeyValueList.newBuilder();
        for (KeyValue entry : in.getKvlistValue().getValuesList()) {
          map.addValues(attribute(entry));
        }
        out.setKvlistValue(map.build());
      }
      default -> {}
    }
    return out.build();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

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
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Random;

/**
 * Requests with everything that OTLP allows and the format can hold, from a seed. Left out: empty
 * log bodies, entity references, ids of a wrong length, exemplar ids of zeros.
 */
public final class RandomRequests {

  private final Random random;
  private final RandomValues values;
  private final RandomMetrics metrics;

  public RandomRequests(long seed) {
    random = new Random(seed);
    values = new RandomValues(random);
    metrics = new RandomMetrics(random, values);
  }

  public ExportLogsServiceRequest logs() {
    ExportLogsServiceRequest.Builder out = ExportLogsServiceRequest.newBuilder();
    for (int r = random.nextInt(5); r > 0; r--) {
      ResourceLogs.Builder resource = ResourceLogs.newBuilder().setSchemaUrl(values.url());
      resource.setResource(resource());
      for (int s = random.nextInt(4); s > 0; s--) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder().setSchemaUrl(values.url());
        scope.setScope(scope());
        for (int i = random.nextInt(6); i > 0; i--) {
          scope.addLogRecords(log());
        }
        resource.addScopeLogs(scope);
      }
      out.addResourceLogs(resource);
    }
    return out.build();
  }

  public ExportTraceServiceRequest traces() {
    ExportTraceServiceRequest.Builder out = ExportTraceServiceRequest.newBuilder();
    for (int r = random.nextInt(5); r > 0; r--) {
      ResourceSpans.Builder resource = ResourceSpans.newBuilder().setSchemaUrl(values.url());
      resource.setResource(resource());
      for (int s = random.nextInt(4); s > 0; s--) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder().setSchemaUrl(values.url());
        scope.setScope(scope());
        for (int i = random.nextInt(6); i > 0; i--) {
          scope.addSpans(span());
        }
        resource.addScopeSpans(scope);
      }
      out.addResourceSpans(resource);
    }
    return out.build();
  }

  public ExportMetricsServiceRequest metrics() {
    ExportMetricsServiceRequest.Builder out = ExportMetricsServiceRequest.newBuilder();
    for (int r = random.nextInt(5); r > 0; r--) {
      ResourceMetrics.Builder resource = ResourceMetrics.newBuilder().setSchemaUrl(values.url());
      resource.setResource(resource());
      for (int s = random.nextInt(4); s > 0; s--) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setSchemaUrl(values.url());
        scope.setScope(scope());
        for (int i = random.nextInt(6); i > 0; i--) {
          scope.addMetrics(metrics.metric());
        }
        resource.addScopeMetrics(scope);
      }
      out.addResourceMetrics(resource);
    }
    return out.build();
  }

  /** Few different ones, so that equal ones come again. */
  private Resource resource() {
    RandomValues few = new RandomValues(new Random(random.nextInt(4)));
    return Resource.newBuilder()
        .addAllAttributes(few.attributes())
        .setDroppedAttributesCount(few.count())
        .build();
  }

  private InstrumentationScope scope() {
    RandomValues few = new RandomValues(new Random(random.nextInt(4)));
    return InstrumentationScope.newBuilder()
        .setName(few.text())
        .setVersion(few.text())
        .addAllAttributes(few.attributes())
        .setDroppedAttributesCount(few.count())
        .build();
  }

  private LogRecord log() {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setTimeUnixNano(values.number())
            .setObservedTimeUnixNano(values.number())
            .setSeverityNumberValue(random.nextInt(30) - 2)
            .setSeverityText(values.text())
            .addAllAttributes(values.attributes())
            .setDroppedAttributesCount(values.count())
            .setFlags(values.count())
            .setTraceId(logId(16))
            .setSpanId(logId(8))
            .setEventName(values.text());
    if (random.nextInt(4) > 0) {
      log.setBody(values.anyValue(false));
    }
    return log.build();
  }

  private Span span() {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(logId(16))
            .setSpanId(logId(8))
            .setParentSpanId(logId(8))
            .setTraceState(values.text())
            .setName(values.text())
            .setKindValue(random.nextInt(8))
            .setStartTimeUnixNano(values.number())
            .setEndTimeUnixNano(values.number())
            .addAllAttributes(values.attributes())
            .setDroppedAttributesCount(values.count())
            .setDroppedEventsCount(values.count())
            .setDroppedLinksCount(values.count())
            .setFlags(values.count());
    if (random.nextBoolean()) {
      span.setStatus(Status.newBuilder().setCodeValue(random.nextInt(4)).setMessage(values.text()));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      span.addEvents(
          Span.Event.newBuilder()
              .setTimeUnixNano(values.number())
              .setName(values.text())
              .addAllAttributes(values.attributes())
              .setDroppedAttributesCount(values.count()));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      span.addLinks(
          Span.Link.newBuilder()
              .setTraceId(values.id(16))
              .setSpanId(values.id(8))
              .setTraceState(values.text())
              .addAllAttributes(values.attributes())
              .setDroppedAttributesCount(values.count())
              .setFlags(values.count()));
    }
    return span.build();
  }

  /** Ids of records may also be zeros, which stay zeros. */
  private ByteString logId(int size) {
    return random.nextInt(8) == 0 ? ByteString.copyFrom(new byte[size]) : values.id(size);
  }
}

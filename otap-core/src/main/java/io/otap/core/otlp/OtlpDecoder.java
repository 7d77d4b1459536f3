/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * OTLP requests as batches, of at most {@link OtapBatch#MAX_ROWS} records each and in the order of
 * the request; no batch for a request without records.
 *
 * <p>Lost is what the format has no column for: entity references of resources; resources and
 * scopes without records; ids of a wrong length; a log body without a value becomes no body.
 */
@PublicEvolving
public final class OtlpDecoder {

  private OtlpDecoder() {}

  /**
   * @throws OtapException of kind WIRE if a value is nested too deep; the same for the other
   *     signals
   */
  public static List<OtapBatch> decode(ExportLogsServiceRequest request) throws OtapException {
    Batches<LogRecord> batches = new Batches<>(LogDecoder::new);
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        batches.add(
            new Surroundings(
                resource.getResource(),
                resource.getSchemaUrl(),
                scope.getScope(),
                scope.getSchemaUrl()),
            scope.getLogRecordsList());
      }
    }
    return batches.finish();
  }

  public static List<OtapBatch> decode(ExportTraceServiceRequest request) throws OtapException {
    Batches<Span> batches = new Batches<>(SpanDecoder::new);
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        batches.add(
            new Surroundings(
                resource.getResource(),
                resource.getSchemaUrl(),
                scope.getScope(),
                scope.getSchemaUrl()),
            scope.getSpansList());
      }
    }
    return batches.finish();
  }

  public static List<OtapBatch> decode(ExportMetricsServiceRequest request) throws OtapException {
    Batches<Metric> batches = new Batches<>(MetricDecoder::new);
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        batches.add(
            new Surroundings(
                resource.getResource(),
                resource.getSchemaUrl(),
                scope.getScope(),
                scope.getSchemaUrl()),
            scope.getMetricsList());
      }
    }
    return batches.finish();
  }

  /** Cuts records into batches. */
  private static final class Batches<R> {

    private final Supplier<BatchDecoder<R>> decoders;
    private final List<OtapBatch> finished = new ArrayList<>();
    private BatchDecoder<R> decoder;

    Batches(Supplier<BatchDecoder<R>> decoders) {
      this.decoders = decoders;
    }

    void add(Surroundings surroundings, List<R> records) throws OtapException {
      for (R record : records) {
        if (decoder != null && decoder.rows() == OtapBatch.MAX_ROWS) {
          finish();
        }
        if (decoder == null) {
          decoder = decoders.get();
        }
        decoder.add(surroundings, record);
      }
    }

    List<OtapBatch> finish() {
      if (decoder != null) {
        finished.add(decoder.build());
        decoder = null;
      }
      return finished;
    }
  }
}

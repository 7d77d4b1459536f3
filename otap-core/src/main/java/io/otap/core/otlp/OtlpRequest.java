/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.Signal;

/**
 * An OTLP request in its serialized form.
 *
 * @param signal which of the three requests it is
 * @param bytes the {@code Export…ServiceRequest}; not to be changed
 */
@PublicEvolving
public record OtlpRequest(Signal signal, byte[] bytes) {

  public static OtlpRequest of(ExportLogsServiceRequest request) {
    return of(Signal.LOGS, request);
  }

  public static OtlpRequest of(ExportTraceServiceRequest request) {
    return of(Signal.TRACES, request);
  }

  public static OtlpRequest of(ExportMetricsServiceRequest request) {
    return of(Signal.METRICS, request);
  }

  private static OtlpRequest of(Signal signal, MessageLite request) {
    return new OtlpRequest(signal, request.toByteArray());
  }

  @Override
  public String toString() {
    return "OtlpRequest[" + signal.id() + ", " + bytes.length + " bytes]";
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.annotation.PublicEvolving;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import java.io.IOException;

/** Batches as OTLP request objects, and requests from bytes, however deep their values nest. */
@PublicEvolving
public final class OtlpRequests {

  /** A nested value takes up to three messages per level, and some are around it. */
  private static final int RECURSION_LIMIT = 4 * CborTokens.MAX_DEPTH;

  private OtlpRequests() {}

  /** The request of a batch of logs. */
  public static ExportLogsServiceRequest logs(OtapBatch batch) throws IOException {
    check(batch, Signal.LOGS);
    return parse(ExportLogsServiceRequest.parser(), OtlpEncoder.encode(batch));
  }

  /** The request of a batch of traces. */
  public static ExportTraceServiceRequest traces(OtapBatch batch) throws IOException {
    check(batch, Signal.TRACES);
    return parse(ExportTraceServiceRequest.parser(), OtlpEncoder.encode(batch));
  }

  /** The request of a batch of metrics. */
  public static ExportMetricsServiceRequest metrics(OtapBatch batch) throws IOException {
    check(batch, Signal.METRICS);
    return parse(ExportMetricsServiceRequest.parser(), OtlpEncoder.encode(batch));
  }

  /** Parses a request with values nested as deep as {@link OtlpEncoder} writes them. */
  public static <T extends MessageLite> T parse(Parser<T> parser, byte[] request)
      throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(request);
    in.setRecursionLimit(RECURSION_LIMIT);
    return parser.parseFrom(in);
  }

  private static void check(OtapBatch batch, Signal signal) {
    if (batch.signal() != signal) {
      throw new IllegalArgumentException(
          "a batch of " + batch.signal().id() + ", not " + signal.id());
    }
  }
}

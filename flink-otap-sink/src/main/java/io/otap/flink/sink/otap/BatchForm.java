/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpDecoder;
import io.otap.core.otlp.OtlpRequest;
import io.otap.core.otlp.OtlpRequests;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** How an element of the stream becomes batches. */
interface BatchForm<T> extends Serializable {

  BatchForm<OtapBatch> BATCH = new Batch();

  BatchForm<OtlpRequest> REQUEST = new Request();

  List<OtapBatch> batches(T element) throws IOException;

  /** A batch is sent as it is. */
  final class Batch implements BatchForm<OtapBatch> {

    private static final long serialVersionUID = 1L;

    private Batch() {}

    @Override
    public List<OtapBatch> batches(OtapBatch batch) {
      return batch.rows() == 0 ? List.of() : List.of(batch);
    }
  }

  /** A request becomes columns. */
  final class Request implements BatchForm<OtlpRequest> {

    private static final long serialVersionUID = 1L;

    private Request() {}

    @Override
    public List<OtapBatch> batches(OtlpRequest request) throws IOException {
      return switch (request.signal()) {
        case LOGS ->
            OtlpDecoder.decode(
                OtlpRequests.parse(ExportLogsServiceRequest.parser(), request.bytes()));
        case TRACES ->
            OtlpDecoder.decode(
                OtlpRequests.parse(ExportTraceServiceRequest.parser(), request.bytes()));
        case METRICS ->
            OtlpDecoder.decode(
                OtlpRequests.parse(ExportMetricsServiceRequest.parser(), request.bytes()));
      };
    }
  }
}

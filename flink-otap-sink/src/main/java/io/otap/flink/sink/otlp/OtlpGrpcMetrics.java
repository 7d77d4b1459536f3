/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.flink.sink.grpc.SendWindow;
import io.otap.flink.sink.metrics.SinkMetric;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * What the writer counts: the metrics that all sinks of Flink have ({@code numRecordsSend}, {@code
 * numBytesSend}, {@code numRecordsSendErrors}, {@code currentSendTime}), and its own ({@code
 * numRetries}, {@code numRecordsRejected}, {@code requestsInFlight}, {@code bytesInFlight}).
 *
 * <p>Records and bytes count as sent when the receiver has acknowledged them, each once.
 */
final class OtlpGrpcMetrics {

  private final Counter recordsSent;
  private final Counter bytesSent;
  private final Counter sendErrors;
  private final Counter retries;
  private final Counter rejected;
  private volatile long sendMillis;

  OtlpGrpcMetrics(SinkWriterMetricGroup group, SendWindow window) {
    recordsSent = group.getNumRecordsSendCounter();
    bytesSent = group.getNumBytesSendCounter();
    sendErrors = group.getNumRecordsSendErrorsCounter();
    retries = SinkMetric.NUM_RETRIES.counter(group);
    rejected = SinkMetric.NUM_RECORDS_REJECTED.counter(group);
    SinkMetric.REQUESTS_IN_FLIGHT.gauge(group, window::requests);
    SinkMetric.BYTES_IN_FLIGHT.gauge(group, window::bytes);
    group.setCurrentSendTimeGauge(() -> sendMillis);
  }

  void taken(PendingRequest request, long rejectedRecords, long now) {
    recordsSent.inc(request.records());
    bytesSent.inc(request.size());
    rejected.inc(rejectedRecords);
    sendErrors.inc(rejectedRecords);
    sendMillis = now - request.sentAt();
  }

  long rejected() {
    return rejected.getCount();
  }

  void retried() {
    retries.inc();
  }

  void failed(PendingRequest request) {
    sendErrors.inc(request.records());
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.flink.sink.grpc.SendWindow;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * What the writer counts: the metrics that all sinks of Flink have ({@code numRecordsSend}, {@code
 * numBytesSend}, {@code numRecordsSendErrors}, {@code currentSendTime}), and its own:
 *
 * <ul>
 *   <li>{@code numRetries}: batches sent again because the receiver did not take them
 *   <li>{@code numResends}, {@code numRecordsResent}: batches sent again because their stream ended
 *       without an answer; these the receiver may have twice
 *   <li>{@code numDeadLetters}, {@code numRecordsDeadLettered}: batches put aside
 *   <li>{@code numRowsOmitted}: rows of tables that the receiver cannot take
 *   <li>{@code numStreams}: streams opened
 *   <li>{@code numUnknownAnswers}: answers to batches that were not sent, or are answered
 *   <li>{@code requestsInFlight}, {@code bytesInFlight}: batches in the window
 * </ul>
 *
 * <p>Records and bytes of messages count as sent when the receiver has acknowledged them, each
 * once.
 */
final class OtapGrpcMetrics {

  private final Counter recordsSent;
  private final Counter bytesSent;
  private final Counter sendErrors;
  private final Counter retries;
  private final Counter resends;
  private final Counter recordsResent;
  private final Counter deadLetters;
  private final Counter recordsDeadLettered;
  private final Counter rowsOmitted;
  private final Counter streams;
  private final Counter unknownAnswers;
  private volatile long sendMillis;

  OtapGrpcMetrics(SinkWriterMetricGroup group, SendWindow window) {
    recordsSent = group.getNumRecordsSendCounter();
    bytesSent = group.getNumBytesSendCounter();
    sendErrors = group.getNumRecordsSendErrorsCounter();
    retries = group.counter("numRetries");
    resends = group.counter("numResends");
    recordsResent = group.counter("numRecordsResent");
    deadLetters = group.counter("numDeadLetters");
    recordsDeadLettered = group.counter("numRecordsDeadLettered");
    rowsOmitted = group.counter("numRowsOmitted");
    streams = group.counter("numStreams");
    unknownAnswers = group.counter("numUnknownAnswers");
    group.gauge("requestsInFlight", window::requests);
    group.gauge("bytesInFlight", window::bytes);
    group.setCurrentSendTimeGauge(() -> sendMillis);
  }

  void taken(PendingBatch batch, long now) {
    recordsSent.inc(batch.records());
    bytesSent.inc(batch.messageBytes());
    sendMillis = now - batch.sentAt();
  }

  void notTaken(PendingBatch batch) {
    sendErrors.inc(batch.records());
  }

  void retried() {
    retries.inc();
  }

  void resent(PendingBatch batch) {
    resends.inc();
    recordsResent.inc(batch.records());
  }

  void deadLetter(PendingBatch batch) {
    deadLetters.inc();
    recordsDeadLettered.inc(batch.records());
  }

  void omitted(long rows) {
    rowsOmitted.inc(rows);
  }

  long rowsOmitted() {
    return rowsOmitted.getCount();
  }

  void streamOpened() {
    streams.inc();
  }

  void unknownAnswer() {
    unknownAnswers.inc();
  }
}

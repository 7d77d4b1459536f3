/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.metrics;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Every metric of the sinks. Their own are registered by what stands here, and {@code
 * docs/METRICS.md} is written from it.
 */
@Internal
public enum SinkMetric {
  NUM_RECORDS_SEND(
      "numRecordsSend",
      Type.COUNTER,
      Scope.WRITER,
      "records",
      "Logs, spans and metrics written, or acknowledged by the receiver; each once."),
  NUM_BYTES_SEND(
      "numBytesSend",
      Type.COUNTER,
      Scope.WRITER,
      "bytes",
      "Bytes of the files, or of the acknowledged messages before compression."),
  NUM_RECORDS_SEND_ERRORS(
      "numRecordsSendErrors",
      Type.COUNTER,
      Scope.GRPC_WRITER,
      "records",
      "Records that were given up or rejected."),
  CURRENT_SEND_TIME(
      "currentSendTime",
      Type.GAUGE,
      Scope.GRPC_WRITER,
      "ms",
      "Time from sending to the acknowledgement of the last message."),
  NUM_RETRIES(
      "numRetries", Type.COUNTER, Scope.GRPC_WRITER, "requests", "Attempts beyond the first."),
  NUM_RECORDS_REJECTED(
      "numRecordsRejected",
      Type.COUNTER,
      Scope.GRPC_WRITER,
      "records",
      "Records of acknowledged messages that the receiver says it rejected."),
  REQUESTS_IN_FLIGHT(
      "requestsInFlight",
      Type.GAUGE,
      Scope.GRPC_WRITER,
      "requests",
      "Requests that wait for their answer or for their next attempt."),
  BYTES_IN_FLIGHT(
      "bytesInFlight",
      Type.GAUGE,
      Scope.GRPC_WRITER,
      "bytes",
      "Bytes of these, before compression."),
  PENDING_COMMITTABLES(
      "pendingCommittables",
      Type.GAUGE,
      Scope.COMMITTER,
      "commits",
      "What waits for its checkpoint, or for another attempt."),
  TOTAL_COMMITTABLES(
      "totalCommittables", Type.COUNTER, Scope.COMMITTER, "commits", "What was to be published."),
  SUCCESSFUL_COMMITTABLES(
      "successfulCommittables", Type.COUNTER, Scope.COMMITTER, "commits", "What was published."),
  ALREADY_COMMITTED_COMMITTABLES(
      "alreadyCommittedCommittables",
      Type.COUNTER,
      Scope.COMMITTER,
      "commits",
      "Always 0: a commit that is repeated finds its files and counts as successful."),
  RETRIED_COMMITTABLES(
      "retriedCommittables",
      Type.COUNTER,
      Scope.COMMITTER,
      "commits",
      "Attempts beyond the first."),
  FAILED_COMMITTABLES(
      "failedCommittables",
      Type.COUNTER,
      Scope.COMMITTER,
      "commits",
      "Commits that were given up.");

  /** What Flink calls it. */
  public enum Type {
    COUNTER,
    GAUGE
  }

  /** Where metrics are found. */
  public enum Scope {
    WRITER("each writer of every sink"),
    GRPC_WRITER("each writer of a sink over gRPC"),
    COMMITTER("the committer of a sink of files");

    private final String place;

    Scope(String place) {
      this.place = place;
    }

    public String place() {
      return place;
    }
  }

  private final String key;
  private final Type type;
  private final Scope scope;
  private final String unit;
  private final String meaning;

  SinkMetric(String key, Type type, Scope scope, String unit, String meaning) {
    this.key = key;
    this.type = type;
    this.scope = scope;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The name in Flink. */
  public String key() {
    return key;
  }

  public Type type() {
    return type;
  }

  public Scope scope() {
    return scope;
  }

  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }

  public Counter counter(MetricGroup group) {
    return group.counter(key);
  }

  /**
   * @param value asked from threads of reporters
   */
  public <T extends Number> void gauge(MetricGroup group, Gauge<T> value) {
    group.gauge(key, value);
  }
}

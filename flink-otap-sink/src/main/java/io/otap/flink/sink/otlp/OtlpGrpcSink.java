/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.OtlpRequest;
import io.otap.flink.sink.grpc.Backoff;
import io.otap.flink.sink.grpc.Channels;
import io.otap.flink.sink.grpc.ConnectionSettings;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Sends telemetry to an OTLP receiver over gRPC: an OpenTelemetry Collector, a backend.
 *
 * <pre>{@code
 * batches.sinkTo(OtlpGrpcSink.forBatches("collector:4317").build());
 * }</pre>
 *
 * <p><b>At least once.</b> A checkpoint is complete only when the receiver has acknowledged
 * everything before it. Records arrive twice when a job falls back to a checkpoint, and when an
 * answer is lost and the request is sent again: OTLP gives a request no name by which a receiver
 * could know it.
 *
 * <p>Several requests are on their way at once, so that they may arrive in another order; with
 * {@code sink.window.requests} of 1 they do not. Writing waits while the window is full. Larger
 * batches than {@code sink.max-message-size} are split between records.
 *
 * <p>Refusals are tried again where OTLP allows it, as long as {@code sink.retry.*} says; all
 * others fail the job. Records that a receiver rejects out of a request that it takes are counted
 * and logged, or fail the job ({@code sink.on-partial-success}).
 *
 * @param <T> what is sent
 */
@PublicEvolving
public final class OtlpGrpcSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private final RequestForm<T> form;
  private final OtlpGrpcSettings settings;

  OtlpGrpcSink(RequestForm<T> form, OtlpGrpcSettings settings) {
    this.form = form;
    this.settings = settings;
  }

  /**
   * A sink of batches.
   *
   * @param endpoint HOST:PORT of the receiver
   */
  public static OtlpGrpcSinkBuilder<OtapBatch> forBatches(String endpoint) {
    return new OtlpGrpcSinkBuilder<>(RequestForm.BATCH, endpoint);
  }

  /**
   * A sink of requests that are OTLP already. They are sent as they are, without being parsed.
   *
   * @param endpoint HOST:PORT of the receiver
   */
  public static OtlpGrpcSinkBuilder<OtlpRequest> forRequests(String endpoint) {
    return new OtlpGrpcSinkBuilder<>(RequestForm.REQUEST, endpoint);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws OtapException {
    ConnectionSettings connection = settings.grpc().connection();
    return new OtlpGrpcWriter<>(
        form,
        settings,
        new GrpcTransport(Channels.open(connection), connection),
        context.getMailboxExecutor(),
        context.getProcessingTimeService(),
        new Backoff(settings.grpc().retry(), () -> ThreadLocalRandom.current().nextDouble()),
        context.metricGroup());
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "OtlpGrpcSink[" + settings + "]";
  }
}

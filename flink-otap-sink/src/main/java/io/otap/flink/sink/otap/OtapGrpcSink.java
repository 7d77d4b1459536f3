/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.OtlpRequest;
import io.otap.flink.sink.grpc.Channels;
import io.otap.flink.sink.grpc.ConnectionSettings;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Sends telemetry as OTAP streams over gRPC: to the dataflow engine, or to an OpenTelemetry
 * Collector with the {@code otelarrow} receiver.
 *
 * <pre>{@code
 * batches.sinkTo(OtapGrpcSink.forBatches("engine:4317").build());
 * }</pre>
 *
 * <p>Each subtask has a stream for each signal. Batches go out one behind the other, as long as the
 * window has room ({@code sink.window.*}), and are answered in any order. What is larger than
 * {@code sink.max-message-size} is cut between records. A stream is renewed when it is {@code
 * sink.stream.max-age} old.
 *
 * <p><b>At least once.</b> A checkpoint is complete only when the receiver has acknowledged
 * everything before it, or it was put aside (below). Records arrive twice when a job falls back to
 * a checkpoint, and when a stream ends before a batch on it is answered: the batch is sent again,
 * and counted in {@code numRecordsResent}. The protocol allows no more. The number of a batch is
 * unique in its stream only, so that no receiver can know a batch again that comes on another
 * stream; and there is no way to ask a receiver what it has. What an acknowledgement is worth
 * depends on the receiver:
 *
 * <ul>
 *   <li>The <b>engine</b> says OK when a batch is in its queue. What is there is lost when it dies.
 *       With {@code wait_for_result: true} it says OK when its exporter has succeeded, and
 *       UNAVAILABLE otherwise, even if another attempt is in vain. Its Parquet exporter never
 *       answers: with {@code wait_for_result: true} in front of it nothing is ever acknowledged.
 *   <li>The <b>Collector</b> says OK when the next component has taken the batch; with a sending
 *       queue in memory that is not delivered yet.
 * </ul>
 *
 * <p><b>What a receiver does not take.</b> Answers of UNAVAILABLE and the like are tried again as
 * long as {@code sink.retry.*} says. INVALID_ARGUMENT is final. A receiver that cannot read a batch
 * ends the stream without saying which it was (the engine even with OK); the batches that it had
 * are then sent again one at a time, and one over which streams end {@code
 * sink.suspect.max-attempts} times is taken to be the cause. A batch that is refused for good goes
 * to {@code sink.dead-letter}, as OTAP Parquet files that {@code OtapSource} reads and {@code
 * bin/otap-replay} replays; without that option the job fails. A receiver that is away, overloaded
 * or takes nothing from this sink fails the job, in the end; that is no fault of a batch.
 *
 * @param <T> what is sent
 */
@PublicEvolving
public final class OtapGrpcSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private final BatchForm<T> form;
  private final OtapGrpcSettings settings;

  OtapGrpcSink(BatchForm<T> form, OtapGrpcSettings settings) {
    this.form = form;
    this.settings = settings;
  }

  /**
   * A sink of batches.
   *
   * @param endpoint HOST:PORT of the receiver
   */
  public static OtapGrpcSinkBuilder<OtapBatch> forBatches(String endpoint) {
    return new OtapGrpcSinkBuilder<>(BatchForm.BATCH, endpoint);
  }

  /**
   * A sink of OTLP requests, which become batches first.
   *
   * @param endpoint HOST:PORT of the receiver
   */
  public static OtapGrpcSinkBuilder<OtlpRequest> forRequests(String endpoint) {
    return new OtapGrpcSinkBuilder<>(BatchForm.REQUEST, endpoint);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws OtapException {
    if (settings.deadLetters() != null) {
      DeadLetters.prepare(settings.deadLetters());
    }
    ConnectionSettings connection = settings.grpc().connection();
    return new OtapGrpcWriter<>(
        form,
        settings,
        new GrpcTransport(Channels.open(connection), connection),
        context.getMailboxExecutor(),
        context.getProcessingTimeService(),
        () -> ThreadLocalRandom.current().nextDouble(),
        context.metricGroup());
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "OtapGrpcSink[" + settings + "]";
  }
}

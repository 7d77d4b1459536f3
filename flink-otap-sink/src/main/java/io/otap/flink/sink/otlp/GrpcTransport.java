/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.otap.core.model.Signal;
import io.otap.flink.sink.grpc.Compression;
import io.otap.flink.sink.grpc.ConnectionSettings;
import io.otap.flink.sink.grpc.MessageCompression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Attempts as unary calls. Requests go out as the bytes they are. */
final class GrpcTransport implements OtlpTransport {

  private static final long CLOSE_SECONDS = 5;

  private final ManagedChannel channel;
  private final MessageCompression compression;
  private final long timeoutMillis;
  private final Map<Signal, MethodDescriptor<byte[], ExportLogsServiceResponse>> methods =
      new EnumMap<>(Signal.class);

  GrpcTransport(ManagedChannel channel, ConnectionSettings settings) {
    this.channel = channel;
    this.compression = new MessageCompression(settings);
    this.timeoutMillis = settings.requestTimeout().toMillis();
    methods.put(Signal.LOGS, ofBytes(LogsServiceGrpc.getExportMethod()));
    methods.put(Signal.TRACES, ofBytes(TraceServiceGrpc.getExportMethod()));
    methods.put(Signal.METRICS, ofBytes(MetricsServiceGrpc.getExportMethod()));
  }

  @Override
  public void send(Signal signal, byte[] request, Consumer<Answer> answered) {
    // After a failure the channel would wait on its own; when to try is decided by the writer.
    channel.resetConnectBackoff();
    call(signal, request, answered);
  }

  /** Calls once, and again for each compression that the receiver cannot read. */
  private void call(Signal signal, byte[] request, Consumer<Answer> answered) {
    Compression used = compression.current();
    CallOptions options =
        CallOptions.DEFAULT
            .withCompression(used.encoding())
            .withDeadlineAfter(timeoutMillis, TimeUnit.MILLISECONDS);
    ClientCalls.asyncUnaryCall(
        channel.newCall(methods.get(signal), options),
        request,
        new UnaryObserver(
            answer -> {
              if (answer instanceof Answer.Refused refused
                  && compression.givesWay(used, refused.status(), refused.trailers())) {
                call(signal, request, answered);
              } else {
                answered.accept(answer);
              }
            }));
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A method of the same name for bytes. The responses of the three signals differ in name only;
   * their field numbers are the same.
   */
  private static MethodDescriptor<byte[], ExportLogsServiceResponse> ofBytes(
      MethodDescriptor<?, ?> method) {
    return method.toBuilder(new Bytes(), LogsServiceGrpc.getExportMethod().getResponseMarshaller())
        .setSchemaDescriptor(null)
        .build();
  }

  private static final class Bytes implements Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw Status.INTERNAL.withCause(e).asRuntimeException();
      }
    }
  }

  /** Turns the events of a call into its one answer. */
  private static final class UnaryObserver implements StreamObserver<ExportLogsServiceResponse> {

    private final Consumer<Answer> answered;
    private ExportLogsServiceResponse response = ExportLogsServiceResponse.getDefaultInstance();

    UnaryObserver(Consumer<Answer> answered) {
      this.answered = answered;
    }

    @Override
    public void onNext(ExportLogsServiceResponse value) {
      response = value;
    }

    @Override
    public void onError(Throwable failure) {
      answered.accept(
          new Answer.Refused(Status.fromThrowable(failure), Status.trailersFromThrowable(failure)));
    }

    @Override
    public void onCompleted() {
      answered.accept(
          new Answer.Taken(
              response.getPartialSuccess().getRejectedLogRecords(),
              response.getPartialSuccess().getErrorMessage()));
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.opentelemetry.proto.experimental.arrow.v1.ArrowServiceProto;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.opentelemetry.proto.experimental.arrow.v1.BatchStatus;
import io.otap.core.model.Signal;
import io.otap.flink.sink.grpc.Compression;
import io.otap.flink.sink.grpc.ConnectionSettings;
import io.otap.flink.sink.grpc.MessageCompression;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Streams as calls of gRPC. */
final class GrpcTransport implements OtapTransport {

  private static final long CLOSE_SECONDS = 2;

  private static final Map<Signal, MethodDescriptor<BatchArrowRecords, BatchStatus>> METHODS =
      methods();

  private final ManagedChannel channel;
  private final MessageCompression compression;

  GrpcTransport(ManagedChannel channel, ConnectionSettings settings) {
    this.channel = channel;
    this.compression = new MessageCompression(settings);
  }

  private static Map<Signal, MethodDescriptor<BatchArrowRecords, BatchStatus>> methods() {
    Map<Signal, MethodDescriptor<BatchArrowRecords, BatchStatus>> methods =
        new EnumMap<>(Signal.class);
    methods.put(Signal.LOGS, method("ArrowLogsService"));
    methods.put(Signal.TRACES, method("ArrowTracesService"));
    methods.put(Signal.METRICS, method("ArrowMetricsService"));
    return methods;
  }

  /** The one method of a service in the protocol's definition. */
  private static MethodDescriptor<BatchArrowRecords, BatchStatus> method(String service) {
    var descriptor = ArrowServiceProto.getDescriptor().findServiceByName(service);
    return MethodDescriptor.<BatchArrowRecords, BatchStatus>newBuilder()
        .setType(MethodType.BIDI_STREAMING)
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName(
                descriptor.getFullName(), descriptor.getMethods().get(0).getName()))
        .setRequestMarshaller(ProtoUtils.marshaller(BatchArrowRecords.getDefaultInstance()))
        .setResponseMarshaller(ProtoUtils.marshaller(BatchStatus.getDefaultInstance()))
        .build();
  }

  @Override
  public OtapStream open(Signal signal, StreamEvents events) {
    // After a failure the channel would wait on its own; when to try is decided by the writer.
    channel.resetConnectBackoff();
    Compression used = compression.current();
    ClientCall<BatchArrowRecords, BatchStatus> call =
        channel.newCall(METHODS.get(signal), CallOptions.DEFAULT.withCompression(used.encoding()));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(BatchStatus answer) {
            events.answered(answer);
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            if (compression.givesWay(used, status, trailers)) {
              events.ended(
                  Status.UNAVAILABLE.withDescription(
                      "it cannot read messages compressed by " + used.encoding()),
                  null);
            } else {
              events.ended(status, trailers);
            }
          }
        },
        new Metadata());
    call.request(1);
    return new CallStream(call);
  }

  @Override
  public void close() {
    channel.shutdown();
    try {
      channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      channel.shutdownNow();
    }
  }

  private record CallStream(ClientCall<BatchArrowRecords, BatchStatus> call) implements OtapStream {

    @Override
    public void send(BatchArrowRecords message) {
      call.sendMessage(message);
    }

    @Override
    public void halfClose() {
      call.halfClose();
    }

    @Override
    public void cancel(String reason) {
      call.cancel(reason, null);
    }
  }
}

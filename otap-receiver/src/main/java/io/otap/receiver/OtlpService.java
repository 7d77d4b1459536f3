/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** OTLP for all three signals. Requests are kept as the bytes that came. */
public final class OtlpService implements GrpcService, AutoCloseable {

  private final RequestStore store;
  private final Behaviour behaviour;
  private final AtomicLong numbers = new AtomicLong();
  private final PendingAnswers<Exchange> answers = new PendingAnswers<>();

  /** All below are guarded by this object. */
  private final Map<Signal, Long> taken = new EnumMap<>(Signal.class);

  private int open;
  private int mostOpen;
  private long openBytes;
  private long mostOpenBytes;

  public OtlpService(RequestStore store, Behaviour behaviour) {
    this.store = store;
    this.behaviour = behaviour;
  }

  @Override
  public List<ServerServiceDefinition> definitions() {
    return List.of(
        definition(LogsServiceGrpc.getExportMethod(), Signal.LOGS),
        definition(TraceServiceGrpc.getExportMethod(), Signal.TRACES),
        definition(MetricsServiceGrpc.getExportMethod(), Signal.METRICS));
  }

  private ServerServiceDefinition definition(MethodDescriptor<?, ?> method, Signal signal) {
    MethodDescriptor<byte[], ExportLogsServiceResponse> ofBytes =
        method.toBuilder(
                new BytesMarshaller(), LogsServiceGrpc.getExportMethod().getResponseMarshaller())
            .setSchemaDescriptor(null)
            .build();
    return ServerServiceDefinition.builder(method.getServiceName())
        .addMethod(ofBytes, new Handler(signal))
        .build();
  }

  /** Requests of each signal that were kept. */
  public synchronized Map<Signal, Long> taken() {
    return new EnumMap<>(taken);
  }

  /** The most requests that were unanswered at any time. */
  public synchronized int mostOpen() {
    return mostOpen;
  }

  /** The most bytes of requests that were unanswered at any time. */
  public synchronized long mostOpenBytes() {
    return mostOpenBytes;
  }

  /** Answers that wait for {@link #release}. */
  public int held() {
    return answers.held();
  }

  /**
   * Gives a held answer.
   *
   * @param index among those that are held, the oldest is 0
   */
  public void release(int index) {
    answers.release(index);
  }

  @Override
  public void close() throws IOException {
    answers.close();
    store.close();
  }

  private synchronized void opened(int bytes) {
    open++;
    openBytes += bytes;
    mostOpen = Math.max(mostOpen, open);
    mostOpenBytes = Math.max(mostOpenBytes, openBytes);
  }

  private synchronized void answered(int bytes) {
    open--;
    openBytes -= bytes;
  }

  private final class Handler implements ServerCallHandler<byte[], ExportLogsServiceResponse> {

    private final Signal signal;

    Handler(Signal signal) {
      this.signal = signal;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(
        ServerCall<byte[], ExportLogsServiceResponse> call, Metadata headers) {
      call.request(2);
      return new ServerCall.Listener<>() {
        private Exchange exchange;

        @Override
        public void onMessage(byte[] request) {
          exchange =
              new Exchange(call, new OtlpCall(numbers.incrementAndGet(), signal, request, headers));
        }

        @Override
        public void onHalfClose() {
          if (exchange == null) {
            call.close(Status.INVALID_ARGUMENT.withDescription("no request"), new Metadata());
          } else {
            exchange.begin();
          }
        }

        @Override
        public void onCancel() {
          if (exchange != null) {
            exchange.forget();
          }
        }
      };
    }
  }

  /** A request and the answer that it gets. */
  private final class Exchange implements PendingAnswers.Answer {

    private final ServerCall<byte[], ExportLogsServiceResponse> call;
    private final OtlpCall request;
    private Reply reply;
    private boolean over;

    Exchange(ServerCall<byte[], ExportLogsServiceResponse> call, OtlpCall request) {
      this.call = call;
      this.request = request;
    }

    void begin() {
      opened(request.request().length);
      reply = behaviour.reply(request);
      if (reply.stored()) {
        try {
          store.add(request.signal(), request.request());
          synchronized (OtlpService.this) {
            taken.merge(request.signal(), 1L, Long::sum);
          }
        } catch (IOException e) {
          reply = Reply.refuse(Status.UNAVAILABLE.withDescription("cannot store: " + e));
        }
      }
      answers.give(this, reply.held(), reply.delay());
    }

    @Override
    public void give() {
      if (!end()) {
        return;
      }
      if (!reply.status().isOk()) {
        call.close(reply.status(), reply.trailers());
        return;
      }
      ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
      if (reply.rejected() > 0 || !reply.message().isEmpty()) {
        response.setPartialSuccess(
            ExportLogsPartialSuccess.newBuilder()
                .setRejectedLogRecords(reply.rejected())
                .setErrorMessage(reply.message()));
      }
      call.sendHeaders(new Metadata());
      call.sendMessage(response.build());
      call.close(Status.OK, new Metadata());
    }

    /** The client has gone. */
    void forget() {
      if (end()) {
        answers.forget(exchange -> exchange == this);
      }
    }

    /** Whether this was the first end; only one may be told. */
    private boolean end() {
      synchronized (this) {
        if (over || reply == null) {
          return false;
        }
        over = true;
      }
      answered(request.request().length);
      return true;
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.opentelemetry.proto.experimental.arrow.v1.ArrowServiceProto;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.opentelemetry.proto.experimental.arrow.v1.BatchStatus;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpBuffer;
import io.otap.core.wire.DecoderLimits;
import io.otap.core.wire.OtapStreamDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * OTAP for all three signals. Batches are kept as OTLP requests. A message that cannot be decoded
 * ends its stream with INVALID_ARGUMENT.
 */
public final class OtapService implements GrpcService, AutoCloseable {

  private final RequestStore store;
  private final OtapBehaviour behaviour;
  private final DecoderLimits limits;
  private final int maxUnanswered;
  private final AtomicLong numbers = new AtomicLong();
  private final PendingAnswers<Exchange> answers = new PendingAnswers<>();

  /** All below are guarded by this object. */
  private final Map<Signal, Long> taken = new EnumMap<>(Signal.class);

  private long streams;
  private int open;
  private int mostOpen;

  public OtapService(RequestStore store, OtapBehaviour behaviour) {
    this(store, behaviour, DecoderLimits.DEFAULT, Integer.MAX_VALUE);
  }

  /**
   * @param maxUnanswered batches of a stream that may be unanswered; the next one is not read
   *     before
   */
  public OtapService(
      RequestStore store, OtapBehaviour behaviour, DecoderLimits limits, int maxUnanswered) {
    this.store = store;
    this.behaviour = behaviour;
    this.limits = limits;
    this.maxUnanswered = maxUnanswered;
  }

  @Override
  public List<ServerServiceDefinition> definitions() {
    return List.of(
        definition("ArrowLogsService", Signal.LOGS),
        definition("ArrowTracesService", Signal.TRACES),
        definition("ArrowMetricsService", Signal.METRICS));
  }

  private ServerServiceDefinition definition(String service, Signal signal) {
    var descriptor = ArrowServiceProto.getDescriptor().findServiceByName(service);
    return ServerServiceDefinition.builder(descriptor.getFullName())
        .addMethod(
            MethodDescriptor.<BatchArrowRecords, BatchStatus>newBuilder()
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(
                    MethodDescriptor.generateFullMethodName(
                        descriptor.getFullName(), descriptor.getMethods().get(0).getName()))
                .setRequestMarshaller(ProtoUtils.marshaller(BatchArrowRecords.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(BatchStatus.getDefaultInstance()))
                .build(),
            new Handler(signal))
        .build();
  }

  /** Batches of each signal that were kept. */
  public synchronized Map<Signal, Long> taken() {
    return new EnumMap<>(taken);
  }

  /** Streams that were opened so far. */
  public synchronized long streams() {
    return streams;
  }

  /** The most batches that were unanswered at any time. */
  public synchronized int mostOpen() {
    return mostOpen;
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

  private synchronized long streamOpened() {
    return ++streams;
  }

  private synchronized void opened() {
    mostOpen = Math.max(mostOpen, ++open);
  }

  private final class Handler implements ServerCallHandler<BatchArrowRecords, BatchStatus> {

    private final Signal signal;

    Handler(Signal signal) {
      this.signal = signal;
    }

    @Override
    public ServerCall.Listener<BatchArrowRecords> startCall(
        ServerCall<BatchArrowRecords, BatchStatus> call, Metadata headers) {
      Stream stream = new Stream(call, streamOpened());
      OtapStreamDecoder decoder = new OtapStreamDecoder(signal, limits);
      stream.begin();
      return new ServerCall.Listener<>() {
        @Override
        public void onMessage(BatchArrowRecords message) {
          if (stream.isOver()) {
            return;
          }
          byte[] request;
          try {
            request = request(decoder.decode(message));
          } catch (OtapException e) {
            stream.end(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
            return;
          }
          stream.opened();
          new Exchange(
                  stream,
                  new OtapCall(
                      numbers.incrementAndGet(),
                      signal,
                      stream.number,
                      message.getBatchId(),
                      message.getSerializedSize(),
                      request,
                      headers))
              .begin();
        }

        @Override
        public void onHalfClose() {
          stream.halfClosed();
        }

        @Override
        public void onCancel() {
          stream.forget();
        }
      };
    }
  }

  /** Requests that follow each other are one. */
  private static byte[] request(List<OtapBatch> batches) throws OtapException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OtlpBuffer buffer = new OtlpBuffer();
    for (OtapBatch batch : batches) {
      out.writeBytes(buffer.encode(batch).toByteArray());
    }
    return out.toByteArray();
  }

  /** A stream of a client; ends once. */
  private final class Stream {

    private final ServerCall<BatchArrowRecords, BatchStatus> call;
    private final long number;
    private int unanswered;
    private boolean starved;
    private boolean halfClosed;
    private boolean over;

    Stream(ServerCall<BatchArrowRecords, BatchStatus> call, long number) {
      this.call = call;
      this.number = number;
    }

    /** Whether it was ended; what came in before the client could know is not looked at. */
    synchronized boolean isOver() {
      return over;
    }

    void begin() {
      call.sendHeaders(new Metadata());
      call.request(1);
    }

    void opened() {
      OtapService.this.opened();
      synchronized (this) {
        unanswered++;
        if (unanswered < maxUnanswered) {
          call.request(1);
        } else {
          starved = true;
        }
      }
    }

    synchronized void answer(BatchStatus status) {
      if (over) {
        return;
      }
      settled(1);
      call.sendMessage(status);
      if (starved) {
        starved = false;
        call.request(1);
      }
      endIfDone();
    }

    synchronized void end(Status status) {
      if (!over) {
        forget();
        call.close(status, new Metadata());
      }
    }

    synchronized void halfClosed() {
      halfClosed = true;
      endIfDone();
    }

    private void endIfDone() {
      if (halfClosed && unanswered == 0 && !over) {
        over = true;
        call.close(Status.OK, new Metadata());
      }
    }

    /** The client has gone, or the stream is given up. */
    void forget() {
      answers.forget(exchange -> exchange.stream == this);
      synchronized (this) {
        if (!over) {
          over = true;
          settled(unanswered);
        }
      }
    }

    private void settled(int count) {
      unanswered -= count;
      synchronized (OtapService.this) {
        open -= count;
      }
    }
  }

  /** A batch and the answer that it gets. */
  private final class Exchange implements PendingAnswers.Answer {

    private final Stream stream;
    private final OtapCall batch;
    private OtapReply reply;

    Exchange(Stream stream, OtapCall batch) {
      this.stream = stream;
      this.batch = batch;
    }

    void begin() {
      reply = behaviour.reply(batch);
      if (reply.stored()) {
        try {
          store.add(batch.signal(), batch.request());
          synchronized (OtapService.this) {
            taken.merge(batch.signal(), 1L, Long::sum);
          }
        } catch (IOException e) {
          reply = OtapReply.refuse(StatusCode.UNAVAILABLE, "cannot store: " + e);
        }
      }
      answers.give(this, reply.held(), reply.delay());
    }

    @Override
    public void give() {
      if (reply.end() != null) {
        stream.end(reply.end());
        return;
      }
      stream.answer(
          BatchStatus.newBuilder()
              .setBatchId(batch.batchId())
              .setStatusCode(reply.code())
              .setStatusMessage(reply.message())
              .build());
    }
  }
}

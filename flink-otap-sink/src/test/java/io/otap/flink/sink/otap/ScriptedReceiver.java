/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.opentelemetry.proto.experimental.arrow.v1.BatchStatus;
import io.opentelemetry.proto.experimental.arrow.v1.StatusCode;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.wire.OtapStreamDecoder;
import io.otap.flink.sink.grpc.SimulatedTask;
import io.otap.flink.sink.grpc.TestRequests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/** A receiver whose answers and their delays a test decides. It decodes what comes. */
final class ScriptedReceiver implements OtapTransport {

  /**
   * A batch that came.
   *
   * @param number from 0, over all streams
   * @param stream from 0
   * @param numbers of its logs
   * @param at milliseconds
   * @param openBefore batches of its stream that were unanswered when it came
   * @param compressed whether its columns are
   */
  record Attempt(
      int number,
      int stream,
      long batchId,
      List<Long> numbers,
      int bytes,
      long at,
      int openBefore,
      boolean compressed) {}

  sealed interface Script {}

  record Answer(StatusCode code, String message, long delayMillis) implements Script {}

  /** Answers to another batch. */
  record Confused(long batchId, Script then) implements Script {}

  record End(Status status, Metadata trailers, long delayMillis) implements Script {}

  /** Answers, and ends the stream later. */
  record Both(Script first, Script second) implements Script {}

  record Silence() implements Script {}

  private final SimulatedTask task;
  private final Function<Attempt, Script> script;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();
  private int open;
  private int mostOpen;

  ScriptedReceiver(SimulatedTask task, Function<Attempt, Script> script) {
    this.task = task;
    this.script = script;
  }

  static Script taken(long delayMillis) {
    return new Answer(StatusCode.OK, "", delayMillis);
  }

  static Script refused(StatusCode code, String message) {
    return new Answer(code, message, 5);
  }

  static Script end(Status status) {
    return new End(status, null, 5);
  }

  List<Attempt> attempts() {
    return attempts;
  }

  /** Milliseconds between one attempt and the next. */
  List<Long> pauses() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < attempts.size(); i++) {
      pauses.add(attempts.get(i).at() - attempts.get(i - 1).at());
    }
    return pauses;
  }

  int streams() {
    return streams.size();
  }

  /** The most batches that were unanswered at once. */
  int mostOpen() {
    return mostOpen;
  }

  boolean isHalfClosed(int stream) {
    return streams.get(stream).halfClosed;
  }

  boolean isCancelled(int stream) {
    return streams.get(stream).cancelled;
  }

  @Override
  public OtapStream open(Signal signal, StreamEvents events) {
    Stream stream = new Stream(streams.size(), signal, events);
    streams.add(stream);
    return stream;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private final class Stream implements OtapStream {

    private final int number;
    private final StreamEvents events;
    private final OtapStreamDecoder decoder;
    private int unanswered;
    private boolean halfClosed;
    private boolean cancelled;
    private boolean over;

    Stream(int number, Signal signal, StreamEvents events) {
      this.number = number;
      this.events = events;
      this.decoder = new OtapStreamDecoder(signal);
    }

    @Override
    public void send(BatchArrowRecords message) {
      if (halfClosed || cancelled) {
        throw new AssertionError("a message on a stream that has no more");
      }
      if (over) {
        return;
      }
      Attempt attempt =
          new Attempt(
              attempts.size(),
              number,
              message.getBatchId(),
              numbers(message),
              message.getSerializedSize(),
              task.getCurrentProcessingTime(),
              unanswered,
              isCompressed(message));
      attempts.add(attempt);
      unanswered++;
      mostOpen = Math.max(mostOpen, ++open);
      follow(script.apply(attempt), message.getBatchId());
    }

    private static boolean isCompressed(BatchArrowRecords message) {
      return message.getArrowPayloadsList().stream()
          .flatMap(payload -> messages(payload.getRecord().asReadOnlyByteBuffer()).stream())
          .filter(header -> header.headerType() == MessageHeader.RecordBatch)
          .map(header -> (RecordBatch) header.header(new RecordBatch()))
          .anyMatch(batch -> batch.compression() != null);
    }

    /** The headers of an Arrow stream: each has a mark, its length and a body behind it. */
    private static List<Message> messages(ByteBuffer stream) {
      List<Message> messages = new ArrayList<>();
      stream.order(ByteOrder.LITTLE_ENDIAN);
      while (stream.remaining() > 2 * Integer.BYTES) {
        stream.getInt();
        int length = stream.getInt();
        Message message = Message.getRootAsMessage(stream.slice().order(ByteOrder.LITTLE_ENDIAN));
        stream.position(stream.position() + length + (int) message.bodyLength());
        messages.add(message);
      }
      return messages;
    }

    private List<Long> numbers(BatchArrowRecords message) {
      List<Long> numbers = new ArrayList<>();
      try {
        for (OtapBatch batch : decoder.decode(message.toByteArray())) {
          if (batch.signal() == Signal.LOGS) {
            numbers.addAll(TestRequests.numbers(OtlpEncoder.encode(batch)));
          }
        }
      } catch (OtapException e) {
        throw new AssertionError(e);
      }
      return numbers;
    }

    private void follow(Script next, long batchId) {
      if (next instanceof Both both) {
        follow(both.first(), batchId);
        follow(both.second(), batchId);
      } else if (next instanceof Confused confused) {
        answer(confused.batchId(), StatusCode.OK, "");
        follow(confused.then(), batchId);
      } else if (next instanceof Answer answer) {
        task.after(
            answer.delayMillis(),
            () -> {
              if (!over) {
                unanswered--;
                open--;
                answer(batchId, answer.code(), answer.message());
              }
            });
      } else if (next instanceof End end) {
        task.after(
            end.delayMillis(),
            () -> {
              if (forget()) {
                events.ended(end.status(), end.trailers());
              }
            });
      }
    }

    private void answer(long batchId, StatusCode code, String message) {
      BatchStatus.Builder status =
          BatchStatus.newBuilder().setBatchId(batchId).setStatusMessage(message);
      if (code == StatusCode.UNRECOGNIZED) {
        status.setStatusCodeValue(99);
      } else {
        status.setStatusCode(code);
      }
      events.answered(status.build());
    }

    private boolean forget() {
      if (over) {
        return false;
      }
      over = true;
      open -= unanswered;
      return true;
    }

    @Override
    public void halfClose() {
      halfClosed = true;
    }

    @Override
    public void cancel(String reason) {
      cancelled = true;
      if (forget()) {
        events.ended(Status.CANCELLED.withDescription(reason), new Metadata());
      }
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.grpc.Metadata;
import io.grpc.Status;
import io.opentelemetry.proto.experimental.arrow.v1.BatchStatus;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.wire.EncoderOptions;
import io.otap.core.wire.OtapStreamEncoder;
import io.otap.core.wire.WireCompression;
import io.otap.flink.sink.grpc.Backoff;
import io.otap.flink.sink.grpc.OccasionalLog;
import io.otap.flink.sink.grpc.ServerHint;
import io.otap.flink.sink.grpc.StatusText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one signal, and the batches that go out on them.
 *
 * <p>Batches normally follow each other without waiting. If a stream ends with batches that are not
 * answered, nobody knows which of them, if any, it ended over: they become <em>suspects</em> and go
 * out again one at a time, each when the one before is answered; new batches wait meanwhile. A
 * stream that ends over a single batch convicts it, after some attempts.
 */
final class SignalLane {

  private static final Logger LOG = LoggerFactory.getLogger(SignalLane.class);

  /** By how much, at most, streams are renewed before their age, so that not all are at once. */
  private static final double AGE_JITTER = 0.05;

  private final Signal signal;
  private final OtapGrpcSettings settings;
  private final OtapTransport transport;
  private final TaskEvents events;
  private final Backoff backoff;
  private final DoubleSupplier random;
  private final Delivery delivery;
  private final OtapGrpcMetrics metrics;
  private final OtapRefusals refusals;
  private final OccasionalLog log = new OccasionalLog(LOG);

  private final Deque<PendingBatch> suspects = new ArrayDeque<>();
  private final Deque<PendingBatch> waiting = new ArrayDeque<>();
  private final Set<LiveStream> streams = new LinkedHashSet<>();
  private LiveStream active;
  private PendingBatch alone;
  private boolean paused;
  private boolean plain;
  private boolean plainIsTaken;
  private int failures;

  SignalLane(
      Signal signal,
      OtapGrpcSettings settings,
      OtapTransport transport,
      TaskEvents events,
      Backoff backoff,
      DoubleSupplier random,
      Delivery delivery,
      OtapGrpcMetrics metrics,
      OtapRefusals refusals) {
    this.signal = signal;
    this.settings = settings;
    this.transport = transport;
    this.events = events;
    this.backoff = backoff;
    this.random = random;
    this.delivery = delivery;
    this.metrics = metrics;
    this.refusals = refusals;
  }

  /** How many messages a batch may be expected to need. */
  int expectedMessages(OtapBatch batch) {
    return active == null ? 1 : active.expectedMessages(batch);
  }

  /** Takes a batch that has entered the window. */
  void submit(PendingBatch batch) throws OtapException {
    waiting.add(batch);
    pump();
  }

  /** Sends what may be sent. */
  void pump() throws OtapException {
    while (!paused && alone == null && delivery.maySend()) {
      if (!suspects.isEmpty()) {
        if (active != null && !active.isQuiet()) {
          return;
        }
        PendingBatch suspect = suspects.poll();
        if (send(suspect, suspects)) {
          alone = suspect;
        }
      } else if (!waiting.isEmpty()) {
        send(waiting.poll(), waiting);
      } else {
        return;
      }
    }
  }

  /** Sends a batch; or puts its halves back if it does not fit into a message. */
  private boolean send(PendingBatch batch, Deque<PendingBatch> queue) throws OtapException {
    LiveStream stream = stream();
    boolean again = batch.isUnanswered();
    boolean first = batch.attempts() == 0;
    long omitted = stream.omittedRows();
    try {
      if (stream.send(batch, events.now())) {
        delivery.sent();
        if (first) {
          metrics.omitted(stream.omittedRows() - omitted);
        }
        if (again) {
          metrics.resent(batch);
        }
        watch(stream);
        return true;
      }
    } catch (OtapException e) {
      throw delivery.fail(e);
    }
    if (batch.records() == 1) {
      delivery.notTaken(
          batch, refusals.tooLarge(batch, settings.grpc().window().maxMessageBytes()));
    } else {
      List<PendingBatch> halves = delivery.cut(batch);
      queue.addFirst(halves.get(1));
      queue.addFirst(halves.get(0));
    }
    return false;
  }

  private LiveStream stream() {
    long now = events.now();
    if (active != null && active.isOld(now)) {
      active.halfClose();
      active = null;
    }
    if (active == null) {
      active = open(now);
    }
    return active;
  }

  private LiveStream open(long now) {
    long age = settings.streamMaxAge().toMillis();
    LiveStream opened =
        new LiveStream(
            new OtapStreamEncoder(signal, encoderOptions()),
            now + age - Math.round(age * AGE_JITTER * random.getAsDouble()));
    opened.begin(
        transport.open(
            signal,
            new StreamEvents() {
              @Override
              public void answered(BatchStatus answer) {
                events.execute(() -> SignalLane.this.answered(opened, answer));
              }

              @Override
              public void ended(Status status, Metadata trailers) {
                events.execute(() -> SignalLane.this.ended(opened, status, trailers));
              }
            }));
    streams.add(opened);
    metrics.streamOpened();
    return opened;
  }

  private EncoderOptions encoderOptions() {
    EncoderOptions options = settings.encoder();
    return plain ? options.withCompression(WireCompression.NONE) : options;
  }

  private void answered(LiveStream stream, BatchStatus answer) throws OtapException {
    if (stream.isOver()) {
      return;
    }
    PendingBatch batch = stream.answered(answer.getBatchId());
    if (batch == null) {
      metrics.unknownAnswer();
      log.warn(
          events.now(),
          "the receiver "
              + endpoint()
              + " answered to batch "
              + answer.getBatchId()
              + ", which does not wait for an answer");
      return;
    }
    delivery.settled(1);
    if (alone == batch) {
      alone = null;
    }
    Verdict verdict = Verdict.of(answer.getStatusCode());
    switch (verdict) {
      case TAKEN -> {
        failures = 0;
        delivery.taken(batch, events.now());
        if (plain && !plainIsTaken) {
          plainIsTaken = true;
          LOG.warn(
              "the receiver {} took {} only without compression of its columns; what follows is sent"
                  + " without",
              endpoint(),
              batch);
        }
      }
      case REFUSED ->
          delivery.notTaken(batch, refusals.refused(batch, OtapRefusals.describe(answer)));
      case DENIED -> throw delivery.fail(refusals.denied(OtapRefusals.describe(answer)));
      default -> refusedForNow(batch, verdict, OtapRefusals.describe(answer));
    }
  }

  private void refusedForNow(PendingBatch batch, Verdict verdict, String answer)
      throws OtapException {
    long pause = backoff.millis(batch.attempts(), -1);
    if (isExhausted(batch, pause)) {
      if (verdict == Verdict.OVERLOADED) {
        throw delivery.fail(refusals.exhausted(batch, answer, events.now()));
      }
      delivery.notTaken(batch, refusals.refusedOften(batch, answer, events.now()));
      return;
    }
    metrics.retried();
    log.warn(
        events.now(),
        "the receiver "
            + endpoint()
            + " did not take "
            + batch
            + " in attempt "
            + batch.attempts()
            + ": "
            + answer
            + "; the next follows in "
            + pause
            + " ms");
    events.after(pause, () -> waiting.addFirst(batch));
  }

  private boolean isExhausted(PendingBatch batch, long pause) {
    return batch.attempts() >= settings.grpc().retry().maxAttempts()
        || events.now() - batch.firstSentAt() + pause
            > settings.grpc().retry().deadline().toMillis();
  }

  private void ended(LiveStream stream, Status status, Metadata trailers) throws OtapException {
    if (stream.isOver()) {
      return;
    }
    List<PendingBatch> left = stream.end();
    streams.remove(stream);
    if (active == stream) {
      active = null;
    }
    if (left.isEmpty()) {
      return;
    }
    delivery.settled(left.size());
    if (left.contains(alone)) {
      alone = null;
    }
    failures++;
    Verdict verdict = Verdict.ofEnd(status);
    ServerHint hint = ServerHint.of(status, trailers);
    if (verdict == Verdict.DENIED || hint.forbidden()) {
      throw delivery.fail(refusals.denied(StatusText.describe(status)));
    }
    long pause = backoff.millis(failures, hint.millis());
    if (verdict == Verdict.SUSPICIOUS) {
      if (left.size() == 1 && isConvicted(left.get(0), status)) {
        return;
      }
    } else {
      for (PendingBatch batch : left) {
        if (isExhausted(batch, pause)) {
          throw delivery.fail(refusals.exhausted(batch, StatusText.describe(status), events.now()));
        }
      }
    }
    log.warn(
        events.now(),
        "the stream of "
            + signal.id()
            + " to the receiver "
            + endpoint()
            + " ended with "
            + StatusText.describe(status)
            + " before "
            + left.size()
            + " batches were answered; they are sent again, one at a time, in "
            + pause
            + " ms");
    for (int i = left.size() - 1; i >= 0; i--) {
      left.get(i).leftUnanswered();
      suspects.addFirst(left.get(i));
    }
    paused = true;
    events.after(pause, () -> paused = false);
  }

  /**
   * A stream ended that had only this batch; says whether that was once too often. Its last attempt
   * is one without compression of the columns: a receiver that takes it gets them so from then on.
   */
  private boolean isConvicted(PendingBatch batch, Status status) throws OtapException {
    int times = batch.suspect();
    if (times < settings.suspectMaxAttempts()) {
      plain = plain || times == settings.suspectMaxAttempts() - 1;
      return false;
    }
    plain = plainIsTaken;
    delivery.notTaken(batch, refusals.unreadable(batch, times, status));
    return true;
  }

  /** Sees to it that the oldest batch of a stream does not wait for its answer for ever. */
  private void watch(LiveStream stream) {
    if (stream.isWatched()) {
      return;
    }
    stream.setWatched(true);
    long timeout = settings.grpc().connection().requestTimeout().toMillis();
    events.after(
        stream.oldestSentAt() + timeout - events.now(),
        () -> {
          stream.setWatched(false);
          if (stream.isOver() || stream.isQuiet()) {
            return;
          }
          if (events.now() - stream.oldestSentAt() < timeout) {
            watch(stream);
            return;
          }
          stream.cancel("no answer in time");
          ended(
              stream,
              Status.DEADLINE_EXCEEDED.withDescription(
                  "no answer to a batch within " + timeout + " ms"),
              null);
        });
  }

  /** Ends the streams: in order where all is answered, else at once. */
  void close() {
    for (LiveStream stream : streams) {
      if (!stream.isQuiet()) {
        stream.cancel("the sink ends");
      } else if (stream == active) {
        stream.halfClose();
      }
    }
  }

  private String endpoint() {
    return settings.grpc().connection().endpoint();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.grpc.Status;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.OtlpPart;
import io.otap.core.otlp.OtlpRequest;
import io.otap.core.otlp.OtlpSplitter;
import io.otap.core.otlp.TooLargeRecordException;
import io.otap.flink.sink.grpc.Backoff;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.grpc.OccasionalLog;
import io.otap.flink.sink.grpc.SendWindow;
import io.otap.flink.sink.grpc.ServerHint;
import io.otap.flink.sink.grpc.StatusText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests and remembers them until they are acknowledged. Answers, retries and time-outs all
 * happen in the task's own thread, through its mailbox: nothing here is shared between threads.
 */
final class OtlpGrpcWriter<T> implements SinkWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpGrpcWriter.class);

  private final RequestForm<T> form;
  private final OtlpGrpcSettings settings;
  private final OtlpTransport transport;
  private final MailboxExecutor mailbox;
  private final ProcessingTimeService timers;
  private final Backoff backoff;
  private final SendWindow window;
  private final OtlpGrpcMetrics metrics;
  private final Refusals refusals;
  private final OccasionalLog retryLog = new OccasionalLog(LOG);
  private final OccasionalLog partialLog = new OccasionalLog(LOG);
  private OtapException failure;

  OtlpGrpcWriter(
      RequestForm<T> form,
      OtlpGrpcSettings settings,
      OtlpTransport transport,
      MailboxExecutor mailbox,
      ProcessingTimeService timers,
      Backoff backoff,
      SinkWriterMetricGroup group) {
    this.form = form;
    this.settings = settings;
    this.transport = transport;
    this.mailbox = mailbox;
    this.timers = timers;
    this.backoff = backoff;
    this.window =
        new SendWindow(settings.grpc().window().requests(), settings.grpc().window().bytes());
    this.metrics = new OtlpGrpcMetrics(group, window);
    this.refusals = new Refusals(settings.grpc().connection().endpoint());
  }

  @Override
  public void write(T element, Context context) throws IOException, InterruptedException {
    throwFailure();
    int records = form.records(element);
    if (records == 0) {
      return;
    }
    OtlpRequest request = form.request(element);
    for (OtlpPart part : parts(request, records)) {
      while (!window.hasRoom(part.bytes().length)) {
        awaitEvent();
      }
      window.enter(part.bytes().length);
      send(new PendingRequest(request.signal(), part.bytes(), part.records(), now()));
    }
  }

  private List<OtlpPart> parts(OtlpRequest request, int records) throws IOException {
    int limit = settings.grpc().window().maxMessageBytes();
    if (request.bytes().length <= limit) {
      return List.of(new OtlpPart(request.bytes(), records));
    }
    try {
      return OtlpSplitter.split(request, limit);
    } catch (TooLargeRecordException e) {
      throw OtapException.of(
          OtapErrorKind.CONFIG,
          "a single record of "
              + request.signal().id()
              + " with its resource and scope takes "
              + e.bytes()
              + " bytes, but "
              + GrpcSinkOptions.MAX_MESSAGE_SIZE.key()
              + " allows "
              + limit
              + "; raise it, here and in the receiver",
          e);
    }
  }

  private void send(PendingRequest request) {
    request.startAttempt(now());
    transport.send(
        request.signal(),
        request.bytes(),
        answer -> {
          try {
            mailbox.execute(() -> answered(request, answer), "OTLP answer");
          } catch (RejectedExecutionException e) {
            LOG.debug("An answer came after the task had ended.", e);
          }
        });
  }

  private void answered(PendingRequest request, Answer answer) throws OtapException {
    if (answer instanceof Answer.Taken taken) {
      taken(request, taken);
    } else if (answer instanceof Answer.Refused refused) {
      refused(request, refused);
    }
  }

  private void taken(PendingRequest request, Answer.Taken taken) throws OtapException {
    window.leave(request.size());
    metrics.taken(request, taken.rejected(), now());
    if (taken.rejected() > 0) {
      OtapException partial = refusals.partial(request, taken.rejected(), taken.message());
      if (settings.onPartialSuccess() == PartialSuccess.FAIL) {
        throw fail(partial);
      }
      partialLog.warn(now(), partial.getMessage());
    } else if (!taken.message().isEmpty()) {
      partialLog.warn(
          now(),
          "the receiver "
              + settings.grpc().connection().endpoint()
              + " took "
              + request
              + " and says: "
              + StatusText.oneLine(taken.message()));
    }
  }

  private void refused(PendingRequest request, Answer.Refused refused) throws OtapException {
    Status status = refused.status();
    ServerHint hint = ServerHint.of(status, refused.trailers());
    if (!RetryRule.mayRetry(status, hint)) {
      metrics.failed(request);
      throw fail(refusals.isFinal(request, status));
    }
    long elapsed = now() - request.firstSentAt();
    long pause = backoff.millis(request.attempts(), hint.millis());
    if (request.attempts() >= settings.grpc().retry().maxAttempts()
        || elapsed + pause > settings.grpc().retry().deadline().toMillis()) {
      metrics.failed(request);
      throw fail(refusals.exhausted(request, status, elapsed));
    }
    metrics.retried();
    retryLog.warn(
        now(),
        "the receiver "
            + settings.grpc().connection().endpoint()
            + " did not take "
            + request
            + " in attempt "
            + request.attempts()
            + ": "
            + StatusText.describe(status)
            + "; the next follows in "
            + pause
            + " ms");
    timers.registerTimer(now() + pause, time -> send(request));
  }

  /** Lets the task fail, whether it waits here or works elsewhere. */
  private OtapException fail(OtapException cause) {
    failure = cause;
    return cause;
  }

  /**
   * Waits until every request is acknowledged. So a checkpoint is complete only when the receiver
   * has everything that was before it.
   */
  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    throwFailure();
    if (window.isEmpty()) {
      return;
    }
    AtomicBoolean timedOut = new AtomicBoolean();
    ScheduledFuture<?> timeout =
        timers.registerTimer(
            now() + settings.grpc().window().flushTimeout().toMillis(), time -> timedOut.set(true));
    try {
      while (!window.isEmpty()) {
        awaitEvent();
        if (timedOut.get() && !window.isEmpty()) {
          throw fail(refusals.flushTimeout(window, settings.grpc().window().flushTimeout()));
        }
      }
    } finally {
      timeout.cancel(false);
    }
  }

  /** Gives the thread to the next answer, retry or time-out. */
  private void awaitEvent() throws OtapException, InterruptedException {
    mailbox.yield();
    throwFailure();
  }

  private void throwFailure() throws OtapException {
    if (failure != null) {
      throw failure;
    }
  }

  private long now() {
    return timers.getCurrentProcessingTime();
  }

  @Override
  public void close() {
    transport.close();
    if (metrics.rejected() > 0) {
      LOG.warn(
          "the receiver {} rejected {} records in all",
          settings.grpc().connection().endpoint(),
          metrics.rejected());
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.flink.sink.grpc.Backoff;
import io.otap.flink.sink.grpc.SendWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches on streams and remembers them until they are acknowledged. Answers, ends of
 * streams, retries and time-outs all happen in the task's own thread, through its mailbox: nothing
 * here is shared between threads.
 */
final class OtapGrpcWriter<T> implements SinkWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(OtapGrpcWriter.class);

  private final BatchForm<T> form;
  private final OtapGrpcSettings settings;
  private final OtapTransport transport;
  private final TaskEvents events;
  private final SendWindow window;
  private final OtapGrpcMetrics metrics;
  private final OtapRefusals refusals;
  private final DeadLetters deadLetters;
  private final Delivery delivery;
  private final Map<Signal, SignalLane> lanes = new EnumMap<>(Signal.class);

  /**
   * @param random numbers from 0 to 1
   */
  OtapGrpcWriter(
      BatchForm<T> form,
      OtapGrpcSettings settings,
      OtapTransport transport,
      MailboxExecutor mailbox,
      ProcessingTimeService timers,
      DoubleSupplier random,
      SinkWriterMetricGroup group) {
    this.form = form;
    this.settings = settings;
    this.transport = transport;
    this.events = new TaskEvents(mailbox, timers, this::pump);
    int maxRequests = settings.grpc().window().requests();
    this.window = new SendWindow(maxRequests, settings.grpc().window().bytes());
    this.metrics = new OtapGrpcMetrics(group, window);
    this.refusals = new OtapRefusals(settings.grpc().connection().endpoint());
    this.deadLetters =
        settings.deadLetters() == null ? null : new DeadLetters(settings.deadLetters());
    this.delivery = new Delivery(window, maxRequests, metrics, refusals, deadLetters);
    Backoff backoff = new Backoff(settings.grpc().retry(), random);
    for (Signal signal : Signal.values()) {
      lanes.put(
          signal,
          new SignalLane(
              signal, settings, transport, events, backoff, random, delivery, metrics, refusals));
    }
  }

  @Override
  public void write(T element, Context context) throws IOException, InterruptedException {
    delivery.throwFailure();
    for (OtapBatch batch : form.batches(element)) {
      SignalLane lane = lanes.get(batch.signal());
      for (OtapBatch part : parts(batch, lane.expectedMessages(batch))) {
        // A batch that is larger than the window goes when nothing else is in it.
        long size = Math.min(part.bytes(), settings.grpc().window().bytes());
        while (!window.hasRoom(size)) {
          awaitEvent();
        }
        window.enter(size);
        lane.submit(new PendingBatch(part, size));
      }
    }
  }

  private static List<OtapBatch> parts(OtapBatch batch, int count) {
    if (count == 1) {
      return List.of(batch);
    }
    List<OtapBatch> parts = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      int from = (int) ((long) batch.rows() * part / count);
      int to = (int) ((long) batch.rows() * (part + 1) / count);
      parts.add(batch.filter(row -> row >= from && row < to));
    }
    return parts;
  }

  private void pump() throws IOException {
    for (SignalLane lane : lanes.values()) {
      lane.pump();
    }
  }

  /**
   * Waits until every batch is acknowledged, or put aside. So a checkpoint is complete only when
   * what was before it is with the receiver, or in the folder.
   */
  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    delivery.throwFailure();
    if (window.isEmpty()) {
      return;
    }
    AtomicBoolean timedOut = new AtomicBoolean();
    ScheduledFuture<?> timeout =
        events.after(settings.grpc().window().flushTimeout().toMillis(), () -> timedOut.set(true));
    try {
      while (!window.isEmpty()) {
        awaitEvent();
        if (timedOut.get() && !window.isEmpty()) {
          throw delivery.fail(
              refusals.flushTimeout(window, settings.grpc().window().flushTimeout()));
        }
      }
    } finally {
      timeout.cancel(false);
    }
  }

  /** Gives the thread to the next answer, retry or time-out. */
  private void awaitEvent() throws IOException, InterruptedException {
    events.await();
    delivery.throwFailure();
  }

  @Override
  public void close() throws IOException {
    lanes.values().forEach(SignalLane::close);
    transport.close();
    if (metrics.rowsOmitted() > 0) {
      LOG.warn(
          "{} rows were not sent to {}, because {}={} cannot take their tables",
          metrics.rowsOmitted(),
          settings.grpc().connection().endpoint(),
          OtapGrpcSinkOptions.PEER.key(),
          settings.peer());
    }
    if (deadLetters != null) {
      deadLetters.close();
    }
  }
}

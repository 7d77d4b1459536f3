/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A task's thread with a time of its own: to wait is to go on to the next event. Waiting for
 * nothing is an error, where a real task would hang. Timers fire although they are cancelled, as a
 * real one does that is on its way already.
 */
public final class SimulatedTask implements MailboxExecutor, ProcessingTimeService {

  private final Queue<ThrowingRunnable<? extends Exception>> mails = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          Comparator.<Timer>comparingLong(timer -> timer.time).thenComparingLong(t -> t.number));
  private long now = 1_000_000;
  private long numbers;

  /** Runs something later, in the thread of the task. */
  public void after(long millis, Runnable action) {
    registerTimer(now + millis, time -> action.run());
  }

  /** Lets events happen for a while. */
  public void pass(long millis) {
    boolean[] over = {false};
    after(millis, () -> over[0] = true);
    while (!over[0]) {
      this.yield();
    }
    while (tryYield()) {
      // the last mails
    }
  }

  @Override
  public void execute(
      MailOptions options,
      ThrowingRunnable<? extends Exception> command,
      String description,
      Object... arguments) {
    mails.add(command);
  }

  @Override
  public void yield() {
    if (tryYield()) {
      return;
    }
    Timer timer = timers.poll();
    if (timer == null) {
      throw new AssertionError("waits for ever");
    }
    now = Math.max(now, timer.time);
    run(() -> timer.callback.onProcessingTime(timer.time));
  }

  @Override
  public boolean tryYield() {
    ThrowingRunnable<? extends Exception> mail = mails.poll();
    if (mail == null) {
      return false;
    }
    run(mail);
    return true;
  }

  private static void run(ThrowingRunnable<? extends Exception> action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  @Override
  public boolean shouldInterrupt() {
    return false;
  }

  @Override
  public long getCurrentProcessingTime() {
    return now;
  }

  @Override
  public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback callback) {
    Timer timer = new Timer(time, numbers++, callback);
    timers.add(timer);
    return timer;
  }

  private static final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {

    private final long time;
    private final long number;
    private final ProcessingTimeCallback callback;

    Timer(long time, long number, ProcessingTimeCallback callback) {
      super(() -> null);
      this.time = time;
      this.number = number;
      this.callback = callback;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }
}

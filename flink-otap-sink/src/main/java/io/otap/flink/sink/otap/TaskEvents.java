/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what happens elsewhere and later into the task's own thread. */
final class TaskEvents {

  private static final Logger LOG = LoggerFactory.getLogger(TaskEvents.class);

  private final MailboxExecutor mailbox;
  private final ProcessingTimeService timers;
  private final ThrowingRunnable<IOException> afterwards;

  /**
   * @param afterwards runs after each event
   */
  TaskEvents(
      MailboxExecutor mailbox,
      ProcessingTimeService timers,
      ThrowingRunnable<IOException> afterwards) {
    this.mailbox = mailbox;
    this.timers = timers;
    this.afterwards = afterwards;
  }

  /** May be called by any thread. */
  void execute(ThrowingRunnable<IOException> event) {
    try {
      mailbox.execute(() -> run(event), "OTAP stream");
    } catch (RejectedExecutionException e) {
      LOG.debug("An answer came after the task had ended.", e);
    }
  }

  ScheduledFuture<?> after(long millis, ThrowingRunnable<IOException> event) {
    return timers.registerTimer(now() + millis, time -> run(event));
  }

  private void run(ThrowingRunnable<IOException> event) throws IOException {
    event.run();
    afterwards.run();
  }

  /** Gives the thread to the next event. */
  void await() throws InterruptedException {
    mailbox.yield();
  }

  /** Milliseconds. */
  long now() {
    return timers.getCurrentProcessingTime();
  }
}

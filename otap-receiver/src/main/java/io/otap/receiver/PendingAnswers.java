/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Gives answers at once, after a while, or when they are released. */
final class PendingAnswers<A extends PendingAnswers.Answer> implements AutoCloseable {

  /** An answer that is decided on. */
  interface Answer {
    void give();
  }

  private final List<A> held = new ArrayList<>();
  private final ScheduledExecutorService delays =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "otap-receiver-delays");
            thread.setDaemon(true);
            return thread;
          });

  void give(A answer, boolean hold, Duration delay) {
    if (hold) {
      synchronized (this) {
        held.add(answer);
      }
    } else if (delay.isZero()) {
      answer.give();
    } else {
      delays.schedule(answer::give, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  synchronized int held() {
    return held.size();
  }

  /**
   * @param index among those that are held, the oldest is 0
   */
  void release(int index) {
    A answer;
    synchronized (this) {
      answer = held.remove(index);
    }
    answer.give();
  }

  /** Held answers that nobody waits for any more. */
  synchronized void forget(Predicate<A> which) {
    held.removeIf(which);
  }

  @Override
  public void close() {
    delays.shutdownNow();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otlp;

import io.otap.core.model.Signal;
import io.otap.flink.sink.grpc.SimulatedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A receiver whose answers and their delays a test decides. */
final class ScriptedTransport implements OtlpTransport {

  /**
   * @param number of the attempt, from 0
   * @param at milliseconds
   */
  record Attempt(int number, Signal signal, byte[] request, long at) {}

  /**
   * @param delayMillis negative for an answer that never comes
   */
  record Script(Answer answer, long delayMillis) {}

  private final SimulatedTask task;
  private final Function<Attempt, Script> script;
  private final List<Attempt> attempts = new ArrayList<>();
  private int open;
  private int mostOpen;

  ScriptedTransport(SimulatedTask task, Function<Attempt, Script> script) {
    this.task = task;
    this.script = script;
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

  int mostOpen() {
    return mostOpen;
  }

  @Override
  public void send(Signal signal, byte[] request, Consumer<Answer> answered) {
    Attempt attempt =
        new Attempt(attempts.size(), signal, request, task.getCurrentProcessingTime());
    attempts.add(attempt);
    mostOpen = Math.max(mostOpen, ++open);
    Script next = script.apply(attempt);
    if (next.delayMillis() >= 0) {
      task.after(
          next.delayMillis(),
          () -> {
            open--;
            answered.accept(next.answer());
          });
    }
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}

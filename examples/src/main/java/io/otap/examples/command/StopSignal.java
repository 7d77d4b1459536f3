/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.command;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** How the user says that it is enough. */
@FunctionalInterface
public interface StopSignal {

  /**
   * Calls this once when it is said. What is called while a JVM shuts down runs beside Flink's own
   * cleaning up, which takes away what a job needs to end in an orderly way; so signals are caught.
   */
  void call(Runnable stop);

  /** Ctrl-C and SIGTERM; for the second time they end the process at once. */
  public static StopSignal ofProcess() {
    return stop -> {
      for (String name : new String[] {"INT", "TERM"}) {
        Signal.handle(
            new Signal(name),
            signal -> {
              Signal.handle(new Signal("INT"), SignalHandler.SIG_DFL);
              Signal.handle(new Signal("TERM"), SignalHandler.SIG_DFL);
              stop.run();
            });
      }
    };
  }
}

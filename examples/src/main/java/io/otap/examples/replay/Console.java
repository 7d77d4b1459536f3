/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import java.io.PrintStream;

/** What the tool says: telemetry and reports on standard output, all else on standard error. */
final class Console {

  private static final String NAME = "otap-replay: ";
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private boolean progressShown;

  /**
   * @param terminal whether standard error is a terminal, where progress can be shown
   */
  Console(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  PrintStream out() {
    return out;
  }

  boolean showsProgress() {
    return terminal;
  }

  /** A sentence on standard error. */
  void say(String sentence) {
    clearProgress();
    err.println(NAME + sentence);
    err.flush();
  }

  /** A line that the next one replaces. */
  void progress(String line) {
    if (terminal) {
      err.print(ERASE_LINE + line);
      err.flush();
      progressShown = true;
    }
  }

  void trace(Throwable failure) {
    clearProgress();
    failure.printStackTrace(err);
    err.flush();
  }

  private void clearProgress() {
    if (progressShown) {
      err.print(ERASE_LINE);
      progressShown = false;
    }
  }
}

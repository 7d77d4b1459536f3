/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command says: telemetry and reports on standard output, all else on standard error. */
public final class Console {

  private static final String ERASE_LINE = "\r\033[K";

  private final String name;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private boolean progressShown;

  /**
   * @param name of the command, in front of each sentence
   * @param terminal whether standard error is a terminal, where progress can be shown
   */
  public Console(String name, PrintStream out, PrintStream err, boolean terminal) {
    this.name = name;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** What prints in UTF-8, whatever the locale. */
  public static PrintStream utf8(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  public PrintStream out() {
    return out;
  }

  public boolean showsProgress() {
    return terminal;
  }

  /** A sentence on standard error. */
  public void say(String sentence) {
    clearProgress();
    err.println(name + ": " + sentence);
    err.flush();
  }

  /** A line that the next one replaces. */
  public void progress(String line) {
    if (terminal) {
      err.print(ERASE_LINE + line);
      err.flush();
      progressShown = true;
    }
  }

  public void trace(Throwable failure) {
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

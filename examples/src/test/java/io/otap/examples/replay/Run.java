/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.examples.command.Console;
import io.otap.examples.command.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One run of the command, with what it said. */
record Run(int code, String out, String err) {

  private static final String NAME = "otap-replay: ";

  /** A run that nobody stops. */
  static Run of(String... args) {
    return until(stop -> {}, args);
  }

  static Run until(StopSignal signal, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            "otap-replay",
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            false);
    int code = new OtapReplay(console, signal).run(args);
    console.out().flush();
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What was said on standard error, if that was one line, without the command's name. */
  String sentence() {
    String line = err.stripTrailing();
    if (!line.startsWith(NAME) || line.contains("\n")) {
      throw new AssertionError("not one line: " + err);
    }
    return line.substring(NAME.length());
  }
}

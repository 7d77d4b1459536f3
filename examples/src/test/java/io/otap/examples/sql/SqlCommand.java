/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.examples.command.Console;
import io.otap.examples.command.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One run of the command, with what it said. */
record SqlCommand(int code, String out, String err) {

  private static final String NAME = "otap-sql: ";

  static SqlCommand of(String... args) {
    return until(stop -> {}, args);
  }

  static SqlCommand until(StopSignal signal, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            "otap-sql",
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            false);
    int code = new OtapSql(console, signal).run(args);
    console.out().flush();
    return new SqlCommand(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return out.lines().toList();
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

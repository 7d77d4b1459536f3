/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapException;
import io.otap.core.scan.TreeListing;
import io.otap.examples.command.Call;
import io.otap.examples.command.Console;
import io.otap.examples.command.StopSignal;
import io.otap.flink.source.storage.FlinkStorage;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.OptionalInt;

/** The command {@code bin/otap-sql}: asks the telemetry of a folder with SQL. */
public final class OtapSql {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;

  /** As a shell says of a command that SIGINT has ended. */
  static final int INTERRUPTED = 130;

  private final Console console;
  private final StopSignal signal;

  OtapSql(Console console, StopSignal signal) {
    this.console = console;
    this.signal = signal;
  }

  public static void main(String[] args) {
    Console console =
        new Console(
            "otap-sql",
            Console.utf8(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
            Console.utf8(new FileOutputStream(FileDescriptor.err)),
            false);
    int code = new OtapSql(console, StopSignal.ofProcess()).run(args);
    console.out().flush();
    System.exit(code);
  }

  /** Runs the command and returns its exit code. */
  int run(String... args) {
    SqlArguments arguments = new SqlArguments();
    OptionalInt code = Call.parse(arguments, console, args);
    if (code.isPresent()) {
      return code.getAsInt();
    }
    if (arguments.verbose) {
      System.setProperty("otap.log.level", "WARN");
    }
    try {
      SqlSettings settings = SqlSettings.of(arguments);
      TreeListing.of(new FlinkStorage(), settings.from());
      return new SqlRun(settings, arguments.verbose, console, signal).run();
    } catch (IOException e) {
      return refuse(e instanceof OtapException ? e.getMessage() : "cannot read: " + e);
    }
  }

  private int refuse(String sentence) {
    console.say(sentence);
    return REFUSED;
  }
}

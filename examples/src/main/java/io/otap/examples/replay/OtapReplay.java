/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Call;
import io.otap.examples.command.Console;
import io.otap.examples.command.Folder;
import io.otap.examples.command.Refusal;
import io.otap.examples.command.StopSignal;
import io.otap.examples.inspect.TreeInspection;
import io.otap.flink.source.storage.FlinkStorage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The command {@code bin/otap-replay}: reads the arguments, checks all that can be checked, and
 * runs a replay or an inspection.
 */
public final class OtapReplay {

  static final int DONE = 0;

  /** All was well, but something was left out. */
  static final int SKIPPED = 3;

  static final int FAILED = 1;
  static final int REFUSED = 2;

  private static final String SAMPLE = "testdata/logs-small/parquet";

  private final Console console;
  private final StopSignal signal;

  OtapReplay(Console console, StopSignal signal) {
    this.console = console;
    this.signal = signal;
  }

  public static void main(String[] args) {
    Console console =
        new Console(
            "otap-replay",
            Console.utf8(new FileOutputStream(FileDescriptor.out)),
            Console.utf8(new FileOutputStream(FileDescriptor.err)),
            Boolean.getBoolean("otap.terminal"));
    int code = new OtapReplay(console, StopSignal.ofProcess()).run(args);
    console.out().flush();
    System.exit(code);
  }

  /** Runs the command and returns its exit code. */
  int run(String... args) {
    ReplayArguments arguments = new ReplayArguments();
    OptionalInt code = Call.parse(arguments, console, args);
    if (code.isPresent()) {
      return code.getAsInt();
    }
    if (arguments.verbose) {
      System.setProperty("otap.log.level", "WARN");
    }
    try {
      if (arguments.inspect != null) {
        requireAlone(args);
        TreeInspection.print(new FlinkStorage(), Folder.of(arguments.inspect), console.out());
        return DONE;
      }
      if (args.length == 0) {
        useSample(arguments);
      }
      ReplaySettings settings = ReplaySettings.of(arguments);
      return settings.following() == null
          ? new ReplayRun(settings, arguments.verbose, console).run()
          : new FollowRun(settings, arguments.verbose, console, signal).run();
    } catch (IOException e) {
      if (arguments.verbose) {
        console.trace(e);
      }
      return refuse(e instanceof OtapException ? e.getMessage() : "cannot read: " + e);
    }
  }

  private void useSample(ReplayArguments arguments) throws OtapException {
    Path sample = Path.of(System.getProperty("otap.home", ".")).resolve(SAMPLE);
    if (!Files.isDirectory(sample)) {
      throw Refusal.because("the sample " + sample + " is not there; --help tells how to call");
    }
    arguments.from = sample.toString();
    arguments.to = "print:normal";
    console.say("reading the sample " + sample);
  }

  private static void requireAlone(String[] args) throws OtapException {
    if (args.length > 2) {
      throw Refusal.because("--inspect DIR takes no other arguments");
    }
  }

  private int refuse(String sentence) {
    console.say(sentence);
    return REFUSED;
  }
}

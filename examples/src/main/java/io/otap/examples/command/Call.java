/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.command;

import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The words with which a command is called. */
public final class Call {

  private static final int DONE = 0;
  private static final int REFUSED = 2;

  private Call() {}

  /**
   * Puts the words into an object with picocli's annotations.
   *
   * @return the exit code if that was all: the words do not fit, or ask for help or the version
   */
  public static OptionalInt parse(Object arguments, Console console, String... words) {
    CommandLine commandLine = new CommandLine(arguments);
    try {
      commandLine.parseArgs(words);
    } catch (ParameterException e) {
      console.say(e.getMessage().lines().findFirst().orElse("") + "; --help tells what there is");
      return OptionalInt.of(REFUSED);
    }
    if (commandLine.isUsageHelpRequested()) {
      commandLine.usage(console.out());
      return OptionalInt.of(DONE);
    }
    if (commandLine.isVersionHelpRequested()) {
      commandLine.printVersionHelp(console.out());
      return OptionalInt.of(DONE);
    }
    return OptionalInt.empty();
  }
}

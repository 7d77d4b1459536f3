/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a statement cannot run, in one sentence. */
final class SqlFailure {

  private static final Pattern PLACE =
      Pattern.compile(
          "(?s)(?:From|At) line (\\d+), column (\\d+)(?: to line \\d+, column \\d+)?: (.*)");
  private static final Pattern UNPARSED =
      Pattern.compile(
          "(?s)(?:SQL parse failed\\. )?(Encountered .*?|Lexical error .*?)(?:\\s*Was expecting.*)?");

  private static final Pattern NO_STATEMENT =
      Pattern.compile(
          "(?:SQL parse failed\\. )?Non-query expression encountered in illegal context");

  private static final Pattern NO_TABLE = Pattern.compile("Object '.*' not found");

  private SqlFailure() {}

  /** Why there is no session. */
  static String sentence(Throwable failure) {
    return sentence(failure, "", List.of());
  }

  /**
   * @param firstWord of the statement
   * @param tables that there are
   */
  static String sentence(Throwable failure, String firstWord, List<String> tables) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof OtapException) {
        return Failure.sentence(t);
      }
      root = t;
    }
    String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher place = PLACE.matcher(String.valueOf(t.getMessage()));
      if (place.matches()) {
        message = PLACE.matcher(message).matches() ? place.group(3) : message;
        if (NO_TABLE.matcher(message).matches() && !tables.isEmpty()) {
          message += "; there are " + String.join(", ", tables);
        }
        return oneLine(message) + " (line " + place.group(1) + ", column " + place.group(2) + ")";
      }
    }
    if (NO_STATEMENT.matcher(message).matches()) {
      return "the SQL cannot be read: no statement begins with " + firstWord;
    }
    Matcher unparsed = UNPARSED.matcher(message);
    if (unparsed.matches()) {
      message = "the SQL cannot be read: " + unparsed.group(1);
    }
    return oneLine(message);
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
  }
}

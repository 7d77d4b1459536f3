/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a script into statements, at semicolons that are not in strings, names or comments. */
final class SqlScript {

  private static final Pattern SET_BEGINS =
      Pattern.compile(
          "\\s*(EXECUTE\\s+STATEMENT\\s+SET\\s+BEGIN|BEGIN\\s+STATEMENT\\s+SET)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SET_ENDS =
      Pattern.compile(".*(^|[\\s;])END\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final String script;
  private final List<SqlStatement> statements = new ArrayList<>();
  private final StringBuilder code = new StringBuilder();
  private int start;
  private int at;

  private SqlScript(String script) {
    this.script = script;
  }

  /**
   * The statements in order; those without anything but comments are left out.
   *
   * @throws OtapException if a string, a name or a comment does not end
   */
  static List<SqlStatement> statements(String script) throws OtapException {
    SqlScript cut = new SqlScript(script);
    cut.run();
    return cut.statements;
  }

  private void run() throws OtapException {
    while (at < script.length()) {
      char c = script.charAt(at);
      if (c == '\'' || c == '`') {
        quoted(c);
      } else if (script.startsWith("--", at)) {
        int end = script.indexOf('\n', at);
        at = end < 0 ? script.length() : end;
      } else if (script.startsWith("/*", at)) {
        comment();
      } else if (c == ';' && !isWithinSet()) {
        finish();
        at++;
        start = at;
      } else {
        code.append(c);
        at++;
      }
    }
    finish();
  }

  private void quoted(char quote) throws OtapException {
    int end = script.indexOf(quote, at + 1);
    if (end < 0) {
      throw Refusal.because(
          (quote == '`' ? "a name" : "a string")
              + " begins in line "
              + line(at)
              + " of the SQL and does not end");
    }
    code.append(script, at, end + 1);
    at = end + 1;
  }

  private void comment() throws OtapException {
    int end = script.indexOf("*/", at + 2);
    if (end < 0) {
      throw Refusal.because(
          "a comment begins in line " + line(at) + " of the SQL and does not end");
    }
    code.append(' ');
    at = end + 2;
  }

  private boolean isWithinSet() {
    return SET_BEGINS.matcher(code).matches() && !SET_ENDS.matcher(code).matches();
  }

  private void finish() {
    if (!code.toString().isBlank()) {
      int first = start;
      while (Character.isWhitespace(script.charAt(first))) {
        first++;
      }
      statements.add(
          new SqlStatement(
              script.substring(first, at).stripTrailing(), code.toString().strip(), line(first)));
    }
    code.setLength(0);
  }

  private int line(int position) {
    return 1 + (int) script.chars().limit(position).filter(c -> c == '\n').count();
  }
}

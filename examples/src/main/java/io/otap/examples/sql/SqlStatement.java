/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement of a script.
 *
 * @param text as it was written, with its comments
 * @param code without comments
 * @param line of the script where it begins, from 1
 */
record SqlStatement(String text, String code, int line) {

  private static final Pattern FIRST_WORD = Pattern.compile("\\s*([A-Za-z]+|\\()");
  private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "VALUES", "TABLE", "(");
  private static final Set<String> PLANNED = Set.of("INSERT", "EXECUTE", "UPDATE", "DELETE");

  /** Whether its rows are what was asked for. */
  boolean isQuery() {
    return QUERIES.contains(firstWord());
  }

  /** Whether there is a plan of it to show. */
  boolean hasPlan() {
    return isQuery() || PLANNED.contains(firstWord());
  }

  /** In capitals; empty if it begins with none. */
  String firstWord() {
    Matcher word = FIRST_WORD.matcher(code);
    return word.lookingAt() ? word.group(1).toUpperCase(Locale.ROOT) : "";
  }
}

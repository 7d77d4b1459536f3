/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.TableConfig;

/**
 * {@code SET 'key' = 'value'}, which belongs to a session and so is not known to Flink's tables.
 */
final class SessionSetting {

  private static final String QUOTED = "'((?:[^']|'')*)'";
  private static final Pattern SET =
      Pattern.compile("SET\\s+" + QUOTED + "\\s*=\\s*" + QUOTED, Pattern.CASE_INSENSITIVE);

  private SessionSetting() {}

  /** Does what the statement says, if it is one; else returns false. */
  static boolean apply(String statement, TableConfig session) {
    Matcher set = SET.matcher(statement);
    if (!set.matches()) {
      return false;
    }
    session.set(unquoted(set.group(1)), unquoted(set.group(2)));
    return true;
  }

  private static String unquoted(String literal) {
    return literal.replace("''", "'");
  }
}

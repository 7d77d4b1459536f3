/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/**
 * {@code GROUP BY 1}: in other databases the first column of the query, in Flink the number one.
 * Numbers are replaced by what they stand for; nothing else of the text changes.
 */
final class GroupNumbers extends SqlBasicVisitor<Void> {

  private static final Pattern NUMBERED =
      Pattern.compile("GROUP\\s+BY\\s[^;]*?\\d", Pattern.CASE_INSENSITIVE);

  /** As Flink's planner reads. */
  private static final SqlParser.Config SYNTAX =
      SqlParser.config()
          .withParserFactory(FlinkSqlParserImpl.FACTORY)
          .withConformance(FlinkSqlConformance.DEFAULT)
          .withLex(Lex.JAVA)
          .withIdentifierMaxLength(256);

  private record Replacement(SqlParserPos place, String text) {}

  private final List<Replacement> replacements = new ArrayList<>();
  private OtapException refusal;

  private GroupNumbers() {}

  /**
   * The statement without such numbers. What cannot be read stays as it is: Flink tells why.
   *
   * @throws OtapException if a query does not have so many columns
   */
  static String replaced(String statement) throws OtapException {
    if (!NUMBERED.matcher(statement).find()) {
      return statement;
    }
    GroupNumbers numbers = new GroupNumbers();
    try {
      SqlParser.create(statement, SYNTAX).parseStmt().accept(numbers);
    } catch (SqlParseException unreadable) {
      return statement;
    }
    if (numbers.refusal != null) {
      throw numbers.refusal;
    }
    return numbers.applied(statement);
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select && select.getGroup() != null) {
      for (SqlNode item : select.getGroup()) {
        if (item instanceof SqlNumericLiteral number && number.isInteger()) {
          replace(number, select.getSelectList());
        }
      }
    }
    return super.visit(call);
  }

  private void replace(SqlNumericLiteral number, SqlNodeList columns) {
    if (columns.stream().anyMatch(GroupNumbers::isStar)) {
      return;
    }
    long wanted = number.longValue(false);
    if (wanted < 1 || wanted > columns.size()) {
      refusal =
          Refusal.because(
              "GROUP BY "
                  + wanted
                  + " names a column by its place, but there are "
                  + columns.size()
                  + " in the SELECT");
      return;
    }
    SqlNode column = columns.get((int) wanted - 1);
    SqlNode expression =
        column.getKind() == SqlKind.AS ? ((SqlBasicCall) column).operand(0) : column;
    replacements.add(
        new Replacement(
            number.getParserPosition(), expression.toSqlString(AnsiSqlDialect.DEFAULT).getSql()));
  }

  private static boolean isStar(SqlNode column) {
    return column instanceof SqlIdentifier name && name.isStar();
  }

  private String applied(String statement) {
    StringBuilder text = new StringBuilder(statement);
    replacements.stream()
        .sorted(
            Comparator.comparingInt(
                    (Replacement r) ->
                        offset(statement, r.place.getLineNum(), r.place.getColumnNum()))
                .reversed())
        .forEach(
            r ->
                text.replace(
                    offset(statement, r.place.getLineNum(), r.place.getColumnNum()),
                    offset(statement, r.place.getEndLineNum(), r.place.getEndColumnNum()) + 1,
                    r.text));
    return text.toString();
  }

  /** Lines and columns count from 1. */
  private static int offset(String text, int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start + column - 1;
  }
}

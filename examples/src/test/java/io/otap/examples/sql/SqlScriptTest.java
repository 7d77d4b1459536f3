/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

  @Test
  void statementsEndAtSemicolons() throws OtapException {
    List<SqlStatement> statements = SqlScript.statements("SELECT 1;\n\nSELECT 2 ;;\n  SELECT\n 3");
    assertThat(statements)
        .extracting(SqlStatement::text)
        .containsExactly("SELECT 1", "SELECT 2", "SELECT\n 3");
    assertThat(statements).extracting(SqlStatement::line).containsExactly(1, 3, 4);
  }

  @Test
  void semicolonsInStringsNamesAndCommentsDoNotEndThem() throws OtapException {
    String script = "SELECT 'a;''b;', `c;d` -- e; f\n FROM logs /* g; */ LIMIT 1; SELECT 2";
    assertThat(SqlScript.statements(script))
        .extracting(SqlStatement::text)
        .containsExactly("SELECT 'a;''b;', `c;d` -- e; f\n FROM logs /* g; */ LIMIT 1", "SELECT 2");
  }

  @Test
  void hintsStayInTheText() throws OtapException {
    String sql = "SELECT * FROM logs /*+ OPTIONS('source.batch-size'='7') */";
    assertThat(SqlScript.statements(sql)).extracting(SqlStatement::text).containsExactly(sql);
  }

  @Test
  void commentsAreNoStatements() throws OtapException {
    assertThat(SqlScript.statements("-- nothing\n/* to do */;\n  ;")).isEmpty();
  }

  @Test
  void aSetOfStatementsIsOne() throws OtapException {
    String set =
        "EXECUTE STATEMENT SET BEGIN\nINSERT INTO a SELECT 1;\nINSERT INTO b SELECT 2;\nEND";
    assertThat(SqlScript.statements(set + ";\nSELECT backend; SELECT 2"))
        .extracting(SqlStatement::text)
        .containsExactly(set, "SELECT backend", "SELECT 2");
  }

  @Test
  void whatDoesNotEndIsToldWithItsLine() {
    refused("SELECT\n 'a", "a string begins in line 2 of the SQL and does not end");
    refused("SELECT `a", "a name begins in line 1 of the SQL and does not end");
    refused("\n\n/* a", "a comment begins in line 3 of the SQL and does not end");
  }

  @Test
  void queriesAreKnownByTheirFirstWord() throws OtapException {
    for (String query :
        List.of("select 1", "/* a */ WITH x AS (SELECT 1) SELECT * FROM x", "(SELECT 1)")) {
      SqlStatement statement = SqlScript.statements(query).get(0);
      assertThat(statement.isQuery()).as(query).isTrue();
      assertThat(statement.hasPlan()).as(query).isTrue();
    }
    SqlStatement insert = SqlScript.statements("-- a\nINSERT INTO a SELECT 1").get(0);
    assertThat(insert.isQuery()).isFalse();
    assertThat(insert.hasPlan()).isTrue();
    SqlStatement show = SqlScript.statements("SHOW TABLES").get(0);
    assertThat(show.isQuery()).isFalse();
    assertThat(show.hasPlan()).isFalse();
  }

  private static void refused(String script, String sentence) {
    assertThatThrownBy(() -> SqlScript.statements(script))
        .isInstanceOf(OtapException.class)
        .hasMessage(sentence);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapException;
import org.junit.jupiter.api.Test;

class GroupNumbersTest {

  @Test
  void aNumberIsTheColumnAtItsPlace() throws OtapException {
    replaced(
        "SELECT severity_text, COUNT(*) FROM logs GROUP BY 1",
        "SELECT severity_text, COUNT(*) FROM logs GROUP BY `severity_text`");
  }

  @Test
  void expressionsComeWithoutTheirNames() throws OtapException {
    replaced(
        "SELECT COUNT(*) n,\n  (a + 1) * 2 AS x, attributes['k'] y\nFROM logs\nGROUP BY 3,\n 2 HAVING COUNT(*) > 3",
        "SELECT COUNT(*) n,\n  (a + 1) * 2 AS x, attributes['k'] y\nFROM logs\nGROUP BY `attributes`['k'],\n"
            + " (`a` + 1) * 2 HAVING COUNT(*) > 3");
  }

  @Test
  void everyQueryOfAStatementIsLookedAt() throws OtapException {
    replaced(
        "INSERT INTO t SELECT a, COUNT(*) FROM (SELECT DISTINCT b AS a FROM u GROUP BY 1) GROUP BY 1",
        "INSERT INTO t SELECT a, COUNT(*) FROM (SELECT DISTINCT b AS a FROM u GROUP BY `b`) GROUP BY `a`");
  }

  @Test
  void allElseStaysAsItIs() throws OtapException {
    for (String statement :
        new String[] {
          "SELECT a FROM t GROUP BY a ORDER BY 1",
          "SELECT a, COUNT(*) FROM t GROUP BY a, 'x1'",
          "SELECT * FROM t GROUP BY 1",
          "SELECT FROM GROUP BY 1 1"
        }) {
      replaced(statement, statement);
    }
  }

  @Test
  void aColumnThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> GroupNumbers.replaced("SELECT a, b FROM t GROUP BY 3"))
        .isInstanceOf(OtapException.class)
        .hasMessage("GROUP BY 3 names a column by its place, but there are 2 in the SELECT");
  }

  private static void replaced(String statement, String expected) throws OtapException {
    assertThat(GroupNumbers.replaced(statement)).isEqualTo(expected);
  }
}

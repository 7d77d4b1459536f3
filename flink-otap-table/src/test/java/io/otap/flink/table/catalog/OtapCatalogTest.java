/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** What a catalog shows, and that nobody can change it. */
class OtapCatalogTest {

  private static final String PATH = "'path'='" + TestData.parquet("mixed").toUri() + "'";

  private final TableEnvironment env =
      TableEnvironment.create(EnvironmentSettings.newInstance().inStreamingMode().build());

  @Test
  void everythingIsThereByItself() {
    create("");
    env.useCatalog("t");
    assertThat(env.listDatabases()).containsExactly("otel");
    assertThat(env.listTables())
        .containsExactlyInAnyOrder("logs", "spans", "metrics", "partitions", "schemas");
    assertThat(env.listFunctions())
        .contains("otap_string", "otap_get", "otap_logs", "otap_spans", "otap_metrics");
    ResolvedSchema logs = env.from("logs").getResolvedSchema();
    assertThat(logs.getColumnNames()).startsWith("timestamp", "event_time").contains("resource");
    assertThat(logs.getColumn("event_time").orElseThrow().getDataType().toString())
        .contains("*ROWTIME*");
    assertThat(logs.getColumns()).allMatch(Column::isPhysical);
  }

  @Test
  void valuesInTheFormThatIsAskedFor() {
    create(", 'values'='exact', 'metadata-columns'='true'");
    ResolvedSchema spans = env.from("t.otel.spans").getResolvedSchema();
    assertThat(spans.getColumn("attributes").orElseThrow().getDataType().toString())
        .isEqualTo("ARRAY<ROW<`key` STRING, `value` BYTES>>");
    assertThat(spans.getColumnNames())
        .endsWith("part_id", "file_path", "file_modification_time", "recovery_class");
  }

  @Test
  void functionsAreKnownAnywhereOnceTheModuleIsLoaded() {
    String sql = "SELECT OTAP_LONG(MAP['k', '7'], 'k')";
    assertThatThrownBy(() -> env.explainSql(sql)).hasStackTraceContaining("OTAP_LONG");
    env.executeSql("LOAD MODULE otap");
    assertThat(env.explainSql(sql)).contains("OTAP_LONG");
    assertThatThrownBy(() -> env.explainSql("SELECT OTAP_LONG(MAP['k', 7], 'k')"))
        .hasStackTraceContaining("Attributes cannot be MAP");
    assertThatThrownBy(() -> env.explainSql("SELECT OTAP_LONG(MAP['k', '7'], 7)"))
        .hasStackTraceContaining("A key cannot be INT");
  }

  @Test
  void nothingCanBeChanged() {
    create("");
    for (String statement :
        new String[] {
          "DROP TABLE t.otel.logs",
          "CREATE TABLE t.otel.mine (a INT) WITH ('connector'='otap')",
          "CREATE DATABASE t.mine",
          "CREATE FUNCTION t.otel.f AS 'a.B'",
        }) {
      assertThatThrownBy(() -> env.executeSql(statement))
          .as(statement)
          .hasStackTraceContaining("The catalog t shows a tree of files as it is: it cannot");
    }
    assertThatThrownBy(() -> env.from("t.otel.traces")).hasStackTraceContaining("traces");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> env.executeSql("CREATE CATALOG t WITH ('type'='otap')"))
        .hasStackTraceContaining("path");
    assertThatThrownBy(() -> create(", 'values'='json'")).hasStackTraceContaining("values");
    assertThatThrownBy(() -> create(", 'nonsense'='1'")).hasStackTraceContaining("nonsense");
  }

  @Test
  void columnsAreDescribed() throws Exception {
    create("");
    List<String> comments = new ArrayList<>();
    try (CloseableIterator<Row> rows = env.executeSql("DESCRIBE t.otel.metrics").collect()) {
      rows.forEachRemaining(row -> comments.add(row.toString()));
    }
    assertThat(comments).anyMatch(row -> row.contains("in UCUM"));
  }

  private void create(String options) {
    env.executeSql("CREATE CATALOG t WITH ('type'='otap', " + PATH + options + ")");
  }
}

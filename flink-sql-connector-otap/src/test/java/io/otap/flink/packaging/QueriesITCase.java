/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar at work in a Flink that has nothing else of the product, nor of what it depends on. */
class QueriesITCase {

  private final TableEnvironment tables =
      TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().build());

  @TempDir private Path folder;

  @Test
  void connectorAndCatalogComeFromTheJar() throws ClassNotFoundException {
    Class<?> factory = Class.forName("io.otap.flink.table.connector.OtapTableFactory");
    assertThat(factory.getProtectionDomain().getCodeSource().getLocation().getPath())
        .isEqualTo(System.getProperty("otap.sql-jar"));
    assertThatThrownBy(() -> Class.forName("com.google.protobuf.Message"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void whatIsInsertedIsThereAgain() throws Exception {
    catalog("recorded", Path.of(System.getProperty("otap.testdata"), "mixed", "parquet"));
    String question =
        "SELECT severity_number, COUNT(*), SUM(CARDINALITY(attributes)) FROM %s.otel.logs GROUP BY"
            + " severity_number";
    List<Row> recorded = rows(question.formatted("recorded"));
    assertThat(recorded.stream().mapToLong(row -> (Long) row.getField(1)).sum()).isEqualTo(247);

    Path tree = folder.resolve("tree");
    tables.executeSql(insertTo("parquet:" + tree) + " SELECT * FROM recorded.otel.logs").await();
    catalog("written", tree);
    assertThat(rows(question.formatted("written"))).containsExactlyInAnyOrderElementsOf(recorded);
  }

  /** Finds resolver, balancer and transport of gRPC by their relocated services. */
  @Test
  void receiversAreCalled() {
    catalog("recorded", Path.of(System.getProperty("otap.testdata"), "logs-small", "parquet"));
    String insert =
        insertTo("otlp://localhost:1', 'sink.retry.max-attempts' = '1")
            + " SELECT * FROM recorded.otel.logs";
    assertThatThrownBy(() -> tables.executeSql(insert).await())
        .hasStackTraceContaining("UNAVAILABLE")
        .hasStackTraceContaining("localhost:1");
  }

  private void catalog(String name, Path tree) {
    tables.executeSql(
        "CREATE CATALOG " + name + " WITH ('type' = 'otap', 'path' = '" + tree + "')");
  }

  private static String insertTo(String target) {
    return "INSERT INTO recorded.otel.logs /*+ OPTIONS('sink.to' = '" + target + "') */";
  }

  private List<Row> rows(String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
      result.forEachRemaining(rows::add);
    }
    return rows;
  }
}

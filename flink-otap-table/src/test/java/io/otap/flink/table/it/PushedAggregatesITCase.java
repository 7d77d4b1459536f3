/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.flink.table.model.SignalTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random aggregates: pushed into the source they are what they are when Flink looks at all rows,
 * with attributes from their columns and from the maps. A build tries some of the recorded tables,
 * {@code -Dotap.tables=99} all; {@code -Dotap.queries} says how many queries of each. The seed is
 * in the message; {@code -Dotap.seed} sets it.
 */
class PushedAggregatesITCase {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  private static final long SEED = Long.getLong("otap.seed", System.nanoTime());

  /** Queries of each job. */
  private static final int QUERIES = Integer.getInteger("otap.queries", 3);

  private static final List<String> LOGS_KEYS =
      List.of(
          "service_name",
          "severity_text",
          "severity_number",
          "event_name",
          "event_time",
          "observed_timestamp",
          "trace_id",
          "body",
          "flags",
          "`scope`.name",
          "resource.schema_url",
          "resource.dropped_attributes_count");

  private static final List<String> LOGS_AGGREGATES =
      List.of(
          "COUNT(trace_id)",
          "COUNT(service_name)",
          "COUNT(severity_text)",
          "SUM(severity_number)",
          "AVG(severity_number)",
          "SUM(flags)",
          "MIN(`timestamp`)",
          "MAX(event_time)",
          "MIN(body)",
          "MAX(service_name)",
          "MAX(severity_number)");

  private static final List<String> SPANS_KEYS =
      List.of(
          "service_name",
          "name",
          "kind",
          "status_code",
          "trace_id",
          "parent_span_id",
          "end_timestamp",
          "dropped_events_count",
          "`scope`.version");

  private static final List<String> SPANS_AGGREGATES =
      List.of(
          "COUNT(parent_span_id)",
          "SUM(duration_nano)",
          "AVG(duration_nano)",
          "MAX(end_timestamp)",
          "MIN(name)",
          "MAX(kind)",
          "AVG(dropped_events_count)");

  static Stream<Arguments> tables() throws IOException {
    List<Arguments> tables = new ArrayList<>();
    for (String set : TestData.sets()) {
      for (SignalTable table : List.of(SignalTable.LOGS, SignalTable.SPANS)) {
        if (!GoldenTruth.of(set, table).rows().isEmpty()) {
          tables.add(Arguments.of(set, table));
        }
      }
    }
    Collections.shuffle(tables, new Random(SEED));
    return tables.stream().limit(Integer.getInteger("otap.tables", 8));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void areWhatFlinkMakesOfTheRows(String set, SignalTable table) throws Exception {
    Random random = new Random(SEED);
    TableEnvironment env =
        SqlJobs.catalog(RuntimeExecutionMode.BATCH, set, "source.batch-size", "50");
    List<String> attributes = declareAttributes(env, set, table, random);
    StringJoiner pushed = new StringJoiner(" UNION ALL ");
    StringJoiner notPushed = new StringJoiner(" UNION ALL ");
    for (int i = 0; i < QUERIES; i++) {
      String query = query(i, table, attributes, random);
      pushed.add(query.formatted("with_columns"));
      notPushed.add(query.formatted("with_maps WHERE CHAR_LENGTH(`scope`.name) >= 0"));
    }
    assertThat(env.explainSql(pushed.toString()))
        .as("seed %d", SEED)
        .doesNotContain("LocalHashAggregate", "LocalSortAggregate");
    assertThat(env.explainSql(notPushed.toString())).doesNotContain("aggregates=[");
    assertThat(SqlJobs.rows(env, pushed.toString()))
        .as("seed %d, %s of %s: %s", SEED, table.id(), set, pushed)
        .containsExactlyInAnyOrderElementsOf(SqlJobs.rows(env, notPushed.toString()));
  }

  /**
   * Makes the table with columns for some attributes that occur, and a view of the maps that has
   * the same.
   *
   * @return the columns
   */
  @SuppressWarnings("unchecked")
  private static List<String> declareAttributes(
      TableEnvironment env, String set, SignalTable table, Random random) throws IOException {
    GoldenTruth truth = GoldenTruth.of(set, table);
    List<String> names = new ArrayList<>();
    StringJoiner columns = new StringJoiner(", ");
    StringJoiner elements = new StringJoiner(", ");
    for (String owner : List.of("attributes", "resource.attributes")) {
      Set<String> keys = new TreeSet<>(Set.of("absent"));
      for (Row row : truth.rows()) {
        Map<String, ?> attributes =
            owner.equals("attributes")
                ? truth.get(row, owner)
                : (Map<String, ?>) truth.<Row>get(row, "resource").getField(0);
        keys.addAll(attributes.keySet());
      }
      for (String key : some(List.copyOf(keys), 3, random)) {
        String name = "a" + names.size();
        String quoted = key.replace("'", "''");
        columns.add("%s STRING METADATA FROM '%s.%s' VIRTUAL".formatted(name, owner, quoted));
        elements.add("%s['%s'] AS %s".formatted(owner, quoted, name));
        names.add(name);
      }
    }
    env.executeSql(
        "CREATE TEMPORARY TABLE with_columns (%s) LIKE %s".formatted(columns, table.id()));
    env.executeSql(
        "CREATE TEMPORARY VIEW with_maps AS SELECT *, %s FROM %s".formatted(elements, table.id()));
    return names;
  }

  /** With a place for a table. */
  private static String query(
      int number, SignalTable table, List<String> attributes, Random random) {
    boolean logs = table == SignalTable.LOGS;
    List<String> keys = new ArrayList<>(some(attributes, random.nextInt(2), random));
    keys.addAll(some(logs ? LOGS_KEYS : SPANS_KEYS, random.nextInt(3 - keys.size()), random));
    Collections.shuffle(keys, random);
    List<String> asked =
        new ArrayList<>(some(logs ? LOGS_AGGREGATES : SPANS_AGGREGATES, 2, random));
    if (random.nextBoolean()) {
      asked.set(0, "MAX(" + attributes.get(random.nextInt(attributes.size())) + ")");
    }
    StringJoiner columns = new StringJoiner(", ");
    for (int i = 0; i < 2; i++) {
      columns.add(i < keys.size() ? text(keys.get(i)) : text("NULL"));
    }
    columns.add("COUNT(*)");
    asked.forEach(aggregate -> columns.add(text(aggregate)));
    String groups = keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
    return "SELECT " + number + ", " + columns + " FROM %s" + groups;
  }

  private static String text(String value) {
    return "CAST(" + value + " AS STRING)";
  }

  private static List<String> some(List<String> all, int count, Random random) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(count, shuffled.size()));
  }
}

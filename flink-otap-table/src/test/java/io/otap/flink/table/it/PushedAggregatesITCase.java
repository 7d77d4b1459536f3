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
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random aggregates: pushed into the source they are what they are when Flink looks at all rows. A
 * build tries some of the recorded tables, {@code -Dotap.tables=99} all; {@code -Dotap.queries}
 * says how many queries of each. The seed is in the message; {@code -Dotap.seed} sets it.
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
    StringJoiner pushed = new StringJoiner(" UNION ALL ");
    StringJoiner notPushed = new StringJoiner(" UNION ALL ");
    for (int i = 0; i < QUERIES; i++) {
      String query = query(i, table, random);
      pushed.add(query.formatted(""));
      notPushed.add(query.formatted(" WHERE CHAR_LENGTH(`scope`.name) >= 0"));
    }
    assertThat(env.explainSql(pushed.toString()))
        .as("seed %d", SEED)
        .doesNotContain("LocalHashAggregate", "LocalSortAggregate");
    assertThat(env.explainSql(notPushed.toString())).doesNotContain("aggregates=[");
    assertThat(SqlJobs.rows(env, pushed.toString()))
        .as("seed %d, %s of %s: %s", SEED, table.id(), set, pushed)
        .containsExactlyInAnyOrderElementsOf(SqlJobs.rows(env, notPushed.toString()));
  }

  /** With a place for a condition. */
  private static String query(int number, SignalTable table, Random random) {
    boolean logs = table == SignalTable.LOGS;
    List<String> keys = some(logs ? LOGS_KEYS : SPANS_KEYS, random.nextInt(3), random);
    List<String> asked = some(logs ? LOGS_AGGREGATES : SPANS_AGGREGATES, 2, random);
    StringJoiner columns = new StringJoiner(", ");
    for (int i = 0; i < 2; i++) {
      columns.add(i < keys.size() ? text(keys.get(i)) : text("NULL"));
    }
    columns.add("COUNT(*)");
    asked.forEach(aggregate -> columns.add(text(aggregate)));
    String groups = keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
    return "SELECT " + number + ", " + columns + " FROM " + table.id() + "%s" + groups;
  }

  private static String text(String value) {
    return "CAST(" + value + " AS STRING)";
  }

  private static List<String> some(List<String> all, int count, Random random) {
    return random.ints(0, all.size()).distinct().limit(count).mapToObj(all::get).toList();
  }
}

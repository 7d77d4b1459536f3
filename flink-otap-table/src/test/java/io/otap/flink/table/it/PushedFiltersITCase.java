/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.flink.table.model.SignalTable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random filters with values that occur: pushed into the source they leave the rows that the query
 * leaves when it looks at all rows itself. The seed is in the message; {@code -Dotap.seed} sets it.
 */
class PushedFiltersITCase {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS");

  /** Filters of each job. */
  private static final int FILTERS = 8;

  @ParameterizedTest
  @CsvSource({"logs-small, LOGS", "mixed, LOGS", "traces, SPANS", "metrics, METRICS"})
  void leaveTheSameRows(String set, SignalTable table) throws Exception {
    long seed = Long.getLong("otap.seed", System.nanoTime());
    Random random = new Random(seed);
    TableEnvironment env =
        SqlJobs.catalog(RuntimeExecutionMode.BATCH, set, "metadata-columns", "true");
    env.getConfig().set("table.local-time-zone", ZONE.getId());
    env.executeSql(
        ("CREATE TEMPORARY TABLE declared (named STRING METADATA FROM"
                + " 'resource.attributes.service.name' VIRTUAL) LIKE %s")
            .formatted(table.id()));
    List<String> filters = filters(env, table, random);
    String weight = table == SignalTable.METRICS ? "CHAR_LENGTH(unit)" : "CARDINALITY(attributes)";
    StringJoiner pushed = new StringJoiner(" UNION ALL ");
    StringJoiner sums = new StringJoiner(", ");
    for (int i = 0; i < filters.size(); i++) {
      pushed.add(
          "SELECT %d, COUNT(*), COALESCE(SUM(%s), 0) FROM declared WHERE %s"
              .formatted(i, weight, filters.get(i)));
      sums.add(
          "COUNT(CASE WHEN %2$s THEN 1 END), COALESCE(SUM(CASE WHEN %2$s THEN %1$s END), 0)"
              .formatted(weight, filters.get(i)));
    }
    assertThat(env.explainSql(pushed.toString())).as("seed %d", seed).doesNotContain("filter=[]");
    Map<Integer, List<Object>> actual = new TreeMap<>();
    for (Row row : SqlJobs.rows(env, pushed.toString())) {
      actual.put((int) row.getField(0), List.of(row.getField(1), row.getField(2)));
    }
    Row expected = SqlJobs.rows(env, "SELECT " + sums + " FROM declared").get(0);
    for (int i = 0; i < filters.size(); i++) {
      assertThat(actual.get(i))
          .as("seed %d, %s of %s where %s", seed, table.id(), set, filters.get(i))
          .isEqualTo(List.of(expected.getField(2 * i), expected.getField(2 * i + 1)));
    }
  }

  private static List<String> filters(TableEnvironment env, SignalTable table, Random random)
      throws Exception {
    List<String> columns =
        switch (table) {
          case LOGS ->
              List.of(
                  "`timestamp`",
                  "event_time",
                  "observed_timestamp",
                  "trace_id",
                  "span_id",
                  "severity_number",
                  "severity_text",
                  "event_name",
                  "flags",
                  "part_id",
                  "service_name",
                  "named",
                  "`scope`.name",
                  "resource.schema_url");
          case SPANS ->
              List.of(
                  "`timestamp`",
                  "event_time",
                  "duration_nano",
                  "trace_id",
                  "parent_span_id",
                  "name",
                  "kind",
                  "status_code",
                  "dropped_events_count",
                  "service_name",
                  "named",
                  "`scope`.version",
                  "part_id");
          case METRICS ->
              List.of(
                  "name",
                  "unit",
                  "metric_type",
                  "service_name",
                  "named",
                  "`scope`.name",
                  "part_id");
        };
    List<Row> rows = SqlJobs.rows(env, "SELECT " + String.join(", ", columns) + " FROM declared");
    List<String> filters = new ArrayList<>();
    while (filters.size() < FILTERS) {
      String filter = comparison(columns, rows, random);
      if (random.nextInt(3) == 0) {
        filter += " AND " + comparison(columns, rows, random);
      }
      filters.add(filter);
    }
    return filters;
  }

  private static String comparison(List<String> columns, List<Row> rows, Random random) {
    while (true) {
      int column = random.nextInt(columns.size());
      Object one = rows.get(random.nextInt(rows.size())).getField(column);
      Object other = rows.get(random.nextInt(rows.size())).getField(column);
      if (one == null || other == null) {
        continue;
      }
      String name = columns.get(column);
      if (one instanceof String) {
        return random.nextBoolean()
            ? name + " = " + literal(one, random)
            : "%s IN (%s, %s)".formatted(name, literal(one, random), literal(other, random));
      }
      if (random.nextInt(4) == 0) {
        return "%s BETWEEN %s AND %s".formatted(name, literal(one, random), literal(other, random));
      }
      String operator = List.of("=", "<", "<=", ">", ">=").get(random.nextInt(5));
      // A local time that equals a column makes the planner cast the column, which is not pushed.
      boolean columnFirst = random.nextBoolean() || operator.equals("=") && one instanceof Instant;
      return columnFirst
          ? name + " " + operator + " " + literal(one, random)
          : literal(one, random) + " " + operator + " " + name;
    }
  }

  private static String literal(Object value, Random random) {
    if (value instanceof Instant time) {
      return random.nextBoolean()
          ? "TO_TIMESTAMP_LTZ(" + time.toEpochMilli() + ", 3)"
          : "TIMESTAMP '" + local(time) + "'";
    }
    return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
  }

  /** Of three digits if these do: a column of three is cast to what has more, and not pushed. */
  private static String local(Instant time) {
    String text = LOCAL.format(LocalDateTime.ofInstant(time, ZONE));
    return time.getNano() % 1_000_000 == 0 ? text.substring(0, text.length() - 6) : text;
  }
}

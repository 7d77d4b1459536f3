/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.export.HourlyLogs;
import io.otap.core.parquet.RowGroupBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a query does not need is not read: with files or pages of other tables, columns and hours
 * overwritten it still has its answer. {@code SelectedPagesTest} counts them.
 */
class PushDownITCase {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  @TempDir static Path hourly;

  @TempDir Path tree;

  @BeforeAll
  static void write() throws IOException {
    HourlyLogs.write(hourly);
  }

  @Test
  void plansShowWhatIsPushed() {
    TableEnvironment env = catalog(hourly);
    assertThat(plan(env, "SELECT severity_text, COUNT(*) FROM logs GROUP BY severity_text"))
        .contains("project=[severity_text]");
    assertThat(plan(env, "SELECT resource.attributes, `scope`.name FROM logs"))
        .contains("project=[resource_attributes, scope_name]");
    assertThat(plan(env, "SELECT body FROM logs LIMIT 3"))
        .contains("project=[body]")
        .contains("limit=[3]");
    assertThat(
            plan(
                env,
                "SELECT body FROM logs WHERE event_time >= TO_TIMESTAMP_LTZ(0, 3)"
                    + " AND severity_number BETWEEN 9 AND 12 AND trace_id IN ('0a', '0b')"
                    + " AND `scope`.name = 's' AND service_name = 'v' AND part_id = 'p' AND CHAR_LENGTH(body) > 7"))
        .contains(">=(event_time, 1970-01-01 00:00:00:TIMESTAMP_WITH_LOCAL_TIME_ZONE(3))")
        .contains(">=(severity_number, 9), <=(severity_number, 12)")
        .contains("OR(=(trace_id, _UTF-16LE'0a'), =(trace_id, _UTF-16LE'0b'))")
        .contains("=(scope.name, _UTF-16LE's'")
        .contains("=(service_name, _UTF-16LE'v'")
        .contains("=(part_id, _UTF-16LE'p'")
        .contains("metadata=[part_id]");
    assertThat(
            plan(
                env,
                "SELECT 1 FROM spans WHERE name = 'n' AND kind = 'SERVER' AND duration_nano > 5"))
        .contains("=(name, _UTF-16LE'n'")
        .contains("=(kind, _UTF-16LE'SERVER'")
        .contains(">(duration_nano, 5)");
    assertThat(
            plan(
                env,
                "SELECT 1 FROM metrics WHERE name = 'n' AND `timestamp` > TO_TIMESTAMP_LTZ(0, 3)"))
        .contains("filter=[=(name, _UTF-16LE'n'")
        .doesNotContain("filter=[>(timestamp");
  }

  @Test
  void aggregatesOfColumnsArePushed() {
    TableEnvironment env = catalog(hourly);
    assertThat(
            plan(
                env,
                "SELECT service_name, severity_text, COUNT(*), MAX(`timestamp`) FROM logs"
                    + " GROUP BY service_name, severity_text"))
        .contains("aggregates=[grouping=[service_name,severity_text], aggFunctions=[Count1Agg");
    assertThat(plan(env, "SELECT COUNT(*) FROM logs")).contains("aggregates=[grouping=[],");
    assertThat(plan(env, "SELECT kind, AVG(duration_nano) FROM spans GROUP BY kind"))
        .contains("aggregates=[grouping=[kind], aggFunctions=[LongSum0Agg");
    assertThat(plan(env, "SELECT `scope`.name, COUNT(trace_id) FROM logs GROUP BY `scope`.name"))
        .contains("aggregates=[grouping=[scope_name], aggFunctions=[CountAgg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT an_hour, COUNT(*) FROM declared GROUP BY an_hour",
        "SELECT an_hour, service_name, COUNT(*) FROM declared GROUP BY an_hour, service_name",
        "SELECT an_hour, MAX(severity_number), MAX(named) FROM declared GROUP BY an_hour",
        "SELECT named, SUM(number), COUNT(yes) FROM declared GROUP BY named",
        "SELECT number, yes, AVG(severity_number) FROM declared GROUP BY number, yes",
      })
  void aggregatesOfAttributesArePushed(String query) {
    assertThat(plan(declared(hourly), query))
        .contains("aggregates=[")
        .doesNotContain("LocalHashAggregate", "LocalSortAggregate");
  }

  @Test
  void plansShowAttributes() {
    TableEnvironment env = declared(hourly);
    assertThat(plan(env, "SELECT an_hour, body FROM declared WHERE named IN ('a', 'b')"))
        .contains("project=[body]")
        .contains("metadata=[attributes.hour, resource.attributes.service.name]")
        .contains("filter=[OR(=(named, _UTF-16LE'a'");
    assertThat(plan(env, "SELECT body FROM declared WHERE part = 'p'"))
        .contains("filter=[=(part, _UTF-16LE'p'");
    assertThat(plan(env, "SELECT body FROM declared WHERE an_hour = 'h1' AND number > 3"))
        .contains("filter=[]");
  }

  @Test
  void anAttributeOpensNoTableOfOthers() throws Exception {
    copy(hourly, tree);
    overwrite(file(tree, "resource_attrs"), 0, Long.MAX_VALUE);
    assertThat(
            SqlJobs.rows(
                declared(tree),
                "SELECT an_hour, number, COUNT(*) FROM declared GROUP BY an_hour, number"))
        .hasSize(HourlyLogs.HOURS)
        .contains(Row.of("h3", null, (long) HourlyLogs.RECORDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT severity_text, COUNT(*) FROM logs WHERE severity_number > 8 GROUP BY severity_text",
        "SELECT COUNT(*) FROM (SELECT * FROM logs LIMIT 3)",
        "SELECT part_id, COUNT(*) FROM logs GROUP BY part_id",
        "SELECT severity_text, COUNT(*) FILTER (WHERE flags = 0) FROM logs GROUP BY severity_text",
        "SELECT COUNT(DISTINCT severity_text) FROM logs",
        "SELECT name, COUNT(*) FROM metrics GROUP BY name",
        "SELECT severity_text, STDDEV_POP(flags) FROM logs GROUP BY severity_text",
        "SELECT LOWER(body), COUNT(*) FROM logs GROUP BY LOWER(body)",
        "SELECT body, COUNT(*) FROM (SELECT LOWER(body) AS body FROM logs) GROUP BY body",
        "SELECT COUNT(NULLIF(body, '')) FROM logs",
      })
  void otherAggregatesAreNot(String query) {
    assertThat(plan(catalog(hourly), query)).doesNotContain("aggregates=[");
  }

  /** Times without a zone are those of the session, but for the hour that comes twice. */
  @Test
  void timesWithoutZoneArePushedWhereTheyAreOneInstant() {
    TableEnvironment env = catalog(hourly);
    env.getConfig().set("table.local-time-zone", "America/New_York");
    String query = "SELECT body FROM logs WHERE `timestamp` < TIMESTAMP '";
    assertThat(plan(env, query + "2026-11-01 12:00:00'")).contains("filter=[<(timestamp");
    assertThat(plan(env, query + "2026-11-01 01:30:00'")).contains("filter=[]");
  }

  @Test
  void aCountReadsNoColumn() throws Exception {
    copy(hourly, tree);
    List<RowGroupBytes> groups = RowGroupBytes.of(file(tree, "logs"));
    overwrite(file(tree, "logs"), 4, groups.get(groups.size() - 1).end());
    long rows = HourlyLogs.HOURS * HourlyLogs.RECORDS;
    assertThat(SqlJobs.rows(catalog(tree), "SELECT COUNT(*) FROM logs"))
        .containsExactly(Row.of(rows));
  }

  @Test
  void aQueryWithoutAttributesOpensNoAttributeTable() throws Exception {
    copy(hourly, tree);
    for (String table : List.of("log_attrs", "resource_attrs")) {
      overwrite(file(tree, table), 0, Long.MAX_VALUE);
    }
    TableEnvironment env = catalog(tree);
    long rows = HourlyLogs.HOURS * HourlyLogs.RECORDS;
    assertThat(SqlJobs.rows(env, "SELECT COUNT(*) FROM logs")).containsExactly(Row.of(rows));
    assertThat(
            SqlJobs.rows(
                env, "SELECT severity_number, COUNT(*) FROM logs GROUP BY severity_number"))
        .hasSize(HourlyLogs.HOURS)
        .contains(Row.of(5, (long) HourlyLogs.RECORDS));
    assertThatThrownBy(() -> SqlJobs.rows(env, "SELECT SUM(CARDINALITY(attributes)) FROM logs"))
        .hasStackTraceContaining("log_attrs");
  }

  @Test
  void anHourOfManyReadsOnlyItsRowGroups() throws Exception {
    int hour = 9;
    copy(hourly, tree);
    keepOnly(file(tree, "logs"), hour, hour + 1);
    keepOnly(file(tree, "log_attrs"), 2 * hour, 2 * hour + 2);
    TableEnvironment env = catalog(tree);
    long from = (HourlyLogs.START + hour * HourlyLogs.HOUR) / 1_000_000;
    long to = from + HourlyLogs.HOUR / 1_000_000;
    String query =
        "SELECT COUNT(*), SUM(CARDINALITY(attributes)), MIN(attributes['hour']), MAX(body)"
            + " FROM logs WHERE event_time >= TO_TIMESTAMP_LTZ("
            + from
            + ", 3) AND event_time < TO_TIMESTAMP_LTZ(%d, 3)";
    List<Row> rows = SqlJobs.rows(env, query.formatted(to));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getField(0)).isEqualTo((long) HourlyLogs.RECORDS);
    assertThat(rows.get(0).getField(1)).isEqualTo(2 * HourlyLogs.RECORDS);
    assertThat(rows.get(0).getField(2)).isEqualTo("h" + hour);
    assertThat((String) rows.get(0).getField(3)).startsWith("a line of hour " + hour + " ");
    assertThatThrownBy(() -> SqlJobs.rows(env, query.formatted(to + 1000)))
        .hasStackTraceContaining("page header");
  }

  @Test
  void aLimitReadsTheBeginning() throws Exception {
    copy(hourly, tree);
    keepOnly(file(tree, "logs"), 0, 1);
    keepOnly(file(tree, "log_attrs"), 0, 2);
    assertThat(SqlJobs.rows(catalog(tree), "SELECT body, attributes FROM logs LIMIT 5")).hasSize(5);
  }

  @Test
  void filesOfOtherPartitionsAreNotOpened() throws Exception {
    copy(hourly, tree);
    Path other = tree.resolve("logs/_part_id=other/part-1-x.parquet");
    Files.createDirectories(other.getParent());
    Files.writeString(other, "this is no Parquet file at all, whatever its name says");
    String partition =
        file(tree, "log_attrs")
            .getParent()
            .getFileName()
            .toString()
            .substring("_part_id=".length());
    TableEnvironment env = catalog(tree);
    assertThat(
            SqlJobs.rows(
                env, "SELECT COUNT(*) FROM logs WHERE part_id IN ('none', '" + partition + "')"))
        .containsExactly(Row.of((long) HourlyLogs.HOURS * HourlyLogs.RECORDS));
    assertThatThrownBy(() -> SqlJobs.rows(env, "SELECT COUNT(*) FROM logs"))
        .hasStackTraceContaining("part-1-x.parquet");
  }

  private static TableEnvironment catalog(Path tree) {
    TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.BATCH);
    SqlJobs.createCatalog(env, "t", tree, "metadata-columns", "true");
    env.useCatalog("t");
    return env;
  }

  /** With a table that has columns for attributes. */
  private static TableEnvironment declared(Path tree) {
    TableEnvironment env = catalog(tree);
    env.executeSql(
        "CREATE TEMPORARY TABLE declared ("
            + "an_hour STRING METADATA FROM 'attributes.hour' VIRTUAL,"
            + " number BIGINT METADATA FROM 'attributes.number' VIRTUAL,"
            + " yes BOOLEAN METADATA FROM 'attributes.yes' VIRTUAL,"
            + " part STRING METADATA FROM 'part_id' VIRTUAL,"
            + " named STRING METADATA FROM 'resource.attributes.service.name' VIRTUAL"
            + ") LIKE logs (EXCLUDING METADATA)");
    return env;
  }

  private static String plan(TableEnvironment env, String query) {
    return env.explainSql(query);
  }

  private static void keepOnly(Path file, int from, int to) throws IOException {
    List<RowGroupBytes> groups = RowGroupBytes.of(file);
    overwrite(file, 4, groups.get(from).start());
    overwrite(file, groups.get(to - 1).end(), groups.get(groups.size() - 1).end());
  }

  private static void overwrite(Path file, long from, long to) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long end = Math.min(to, channel.size());
      channel.write(ByteBuffer.allocate((int) Math.max(0, end - from)), from);
    }
  }

  private static Path file(Path tree, String table) throws IOException {
    try (Stream<Path> files = Files.walk(tree.resolve(table))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }
}

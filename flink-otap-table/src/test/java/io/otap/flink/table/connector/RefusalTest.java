/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is told in one sentence when a statement is planned. */
class RefusalTest {

  private static final String PATH = "'path'='" + TestData.parquet("mixed").toUri() + "'";

  private final TableEnvironment env =
      TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().build());

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "logs | `timestamp` TIMESTAMP_LTZ(3) | the column timestamp of the table logs cannot be"
            + " TIMESTAMP_LTZ(3); what fits is TIMESTAMP_LTZ(9)",
        "logs | `timestamp` TIMESTAMP(9) | cannot be TIMESTAMP(9); what fits is TIMESTAMP_LTZ(9)",
        "logs | trace_id BYTES | the column trace_id of the table logs cannot be BYTES; what fits"
            + " is STRING",
        "logs | trace_id STRING NOT NULL | cannot be STRING NOT NULL; what fits is STRING, without"
            + " NOT NULL",
        "logs | severity_number BIGINT | cannot be BIGINT; what fits is INT",
        "logs | body MAP<STRING, STRING> | cannot be MAP<STRING, STRING>; what fits is STRING or"
            + " VARIANT or BYTES",
        "logs | attributes MAP<STRING, INT> | cannot be MAP<STRING, INT>; what fits is MAP<STRING,"
            + " STRING> or MAP<STRING, VARIANT> or ARRAY<ROW<`key` STRING, `value` BYTES>>",
        "logs | resource ROW<attributes STRING> | the column resource.attributes of the table logs"
            + " cannot be STRING",
        "logs | resource STRING | the column resource of the table logs cannot be STRING; what fits"
            + " is ROW<`attributes` MAP<STRING, STRING>",
        "logs | resource ROW<name STRING> | the table logs has no column resource.name; it has"
            + " resource.attributes, resource.schema_url",
        "logs | severity STRING | the table logs has no column severity; it has timestamp,"
            + " event_time",
        "spans | events ARRAY<ROW<name INT>> | the column events.name of the table spans cannot be"
            + " INT; what fits is STRING",
        "spans | events ROW<name STRING> | the column events of the table spans cannot be",
        "spans | duration_nano DECIMAL(20, 0) | what fits is BIGINT",
        "metrics | value_count BIGINT | what fits is DECIMAL(20, 0)",
        "metrics | bucket_counts ARRAY<BIGINT> | what fits is ARRAY<DECIMAL(20, 0)>",
        "logs | x INT METADATA FROM 'attributes.k' VIRTUAL | the column x of the table logs cannot be"
            + " INT; what fits is STRING or BIGINT or DOUBLE or BOOLEAN or BYTES or VARIANT",
        "spans | x VARCHAR(9) METADATA FROM 'scope.attributes.k' VIRTUAL | the column x of the table"
            + " spans cannot be VARCHAR(9); what fits is STRING or",
        "logs | x STRING NOT NULL METADATA FROM 'resource.attributes.k' VIRTUAL | cannot be STRING NOT"
            + " NULL; what fits is STRING or BIGINT or DOUBLE or BOOLEAN or BYTES or VARIANT,"
            + " without NOT NULL",
        "logs | x STRING METADATA FROM 'attribute.k' VIRTUAL | the column x of the table logs cannot be"
            + " METADATA FROM 'attribute.k'; what fits is part_id, file.path, file.modification-time,"
            + " recovery-class, or attributes., resource.attributes., scope.attributes. with the key"
            + " of an attribute behind",
        "metrics | attributes STRING METADATA VIRTUAL | METADATA FROM 'attributes'; what fits is"
            + " part_id, file.path, file.modification-time, recovery-class, or attributes.,"
            + " metadata., resource.attributes., scope.attributes. with",
      })
  void columnsThatDoNotFit(String table, String column, String message) {
    env.executeSql(
        "CREATE TABLE x ("
            + column
            + ") WITH ('connector'='otap', 'table'='"
            + table
            + "', "
            + PATH
            + ")");
    assertRefused("SELECT * FROM x", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'table'='traces' | there is no table traces; call it logs, spans or metrics",
        "'table'='logs', 'source.signals'='logs' | source.signals does not go with SQL",
        "'table'='logs', 'source.assembly'='keyed' | source.assembly cannot be 'keyed' in SQL",
        "'table'='logs', 'source.batch-size'='0' | source.batch-size cannot be '0'",
        "'table'='logs', 'source.start-from'='latest' | source.start-from cannot be 'latest'",
        "'table'='logs', 'source.nonsense'='1' | Unsupported options found for 'otap'",
      })
  void sourceOptionsThatDoNotFit(String options, String message) {
    env.executeSql(
        "CREATE TABLE x (body STRING) WITH ('connector'='otap', " + options + ", " + PATH + ")");
    assertRefused("SELECT * FROM x", message);
  }

  @Test
  void withoutPathOrName() {
    env.executeSql("CREATE TABLE logs (body STRING) WITH ('connector'='otap')");
    assertRefused("SELECT * FROM logs", "the table has no path to read from");
    assertRefused("INSERT INTO logs VALUES ('a')", "the table says nowhere to write to");
    env.executeSql("CREATE TABLE mine (body STRING) WITH ('connector'='otap', " + PATH + ")");
    assertRefused("SELECT * FROM mine", "there is no table mine; call it logs, spans or metrics");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'sink.to'='kafka:x' | option sink.to cannot be 'kafka:x'; what fits is parquet:DIR",
        "'sink.to'='otlp:collector:4317' | option sink.to cannot be",
        "'sink.to'='parquet:' | option sink.to cannot be",
        "'sink.to'='parquet:/tmp/x', 'sink.overwrite'='true' | sink.overwrite goes with otlp-file,"
            + " not with parquet",
        "'sink.to'='parquet:/tmp/x', 'sink.partition-by'='week' | sink.partition-by cannot be"
            + " 'week'; what fits is date or hour",
        "'sink.to'='otlp-file:/tmp/x', 'sink.partition-by'='date' | sink.partition-by goes with"
            + " parquet, not with otlp-file",
        "'sink.to'='parquet:/tmp/x', 'sink.compression'='zstd' | sink.compression goes with otlp://"
            + " and otap://, not with parquet",
        "'sink.to'='otlp://h:1', 'sink.window.requests'='0' | sink.window.requests cannot be '0'",
        "'sink.to'='otlp://h:1', 'sink.endpoint'='g:1' | sink.endpoint does not go with SQL:"
            + " sink.to names the receiver, h:1",
        "'sink.to'='otlp://h:1', 'sink.peer'='go' | there is no option sink.peer",
        "'sink.to'='otap://h:1', 'sink.batch-size'='70000' | sink.batch-size cannot be '70000'; what"
            + " fits is 1 to 65535",
      })
  void sinkOptionsThatDoNotFit(String options, String message) {
    env.executeSql("CREATE TABLE logs (body STRING) WITH ('connector'='otap', " + options + ")");
    assertRefused("INSERT INTO logs VALUES ('a')", message);
  }

  @Test
  void whatCannotBeInserted() {
    env.executeSql("CREATE CATALOG t WITH ('type'='otap', " + PATH + ")");
    assertRefused(
        "INSERT INTO t.otel.metrics (name) VALUES ('a')", "metrics cannot be inserted: a row is");
    assertRefused(
        "INSERT INTO t.otel.logs (severity_text) VALUES ('a')",
        "the table says nowhere to write to");
    assertRefused(
        "INSERT INTO t.otel.`partitions` (part_id) VALUES ('a')",
        "nothing can be inserted into it");
  }

  @Test
  void whereARowCameFromCannotBeInserted() {
    env.executeSql(
        "CREATE TABLE logs (body STRING, part STRING METADATA FROM 'part_id', route STRING METADATA"
            + " FROM 'attributes.http.route') WITH ('connector'='otap', 'sink.to'='otlp://h:1')");
    assertRefused(
        "INSERT INTO logs VALUES ('a', 'p', 'r')",
        "the column part of the table logs cannot be inserted: it tells where a row was read from;"
            + " declare it VIRTUAL");
  }

  @Test
  void aResultThatIsThere() throws Exception {
    Files.write(temporary.resolve("logs.binpb"), new byte[1]);
    env.executeSql(
        "CREATE TABLE logs (body STRING) WITH ('connector'='otap', 'sink.to'='otlp-file:"
            + temporary.toUri()
            + "')");
    assertRefused("INSERT INTO logs VALUES ('a')", "the target has a result already");
  }

  @Test
  void secretsAreNotTold() {
    env.executeSql(
        "CREATE TABLE logs (body STRING) WITH ('connector'='otap', 'sink.to'='otap://h:1',"
            + " 'sink.headers'='api-key:geheim')");
    assertThat(env.explainSql("INSERT INTO logs VALUES ('a')")).doesNotContain("geheim");
  }

  private void assertRefused(String sql, String message) {
    assertThatThrownBy(() -> env.explainSql(sql)).hasStackTraceContaining(message);
  }
}

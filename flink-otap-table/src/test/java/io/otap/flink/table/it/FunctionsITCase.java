/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.flink.table.model.SignalTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Getters of attributes in each form, and tables of paths. */
class FunctionsITCase {

  private static final String TEXT =
      "MAP['s', 'a', 'i', '-7', 'd', '0.5', 'b', 'true', 'x', 'AP8=', 'j', '[1,null]', 'e',"
          + " CAST(NULL AS STRING)]";

  private static final String VARIANT =
      "MAP['s', PARSE_JSON('\"a\"'), 'i', PARSE_JSON('-7'), 'd', PARSE_JSON('0.5'), 'b',"
          + " PARSE_JSON('true'), 'j', PARSE_JSON('[1,null]'), 'e', PARSE_JSON('null')]";

  /** AnyValue in its own encoding: field, then value. */
  private static final String EXACT =
      "CAST(ARRAY[ROW('s', x'0A0161'), ROW('s', x'0A0162'), ROW('i', x'18F9FFFFFFFFFFFFFFFF01'),"
          + " ROW('d', x'21000000000000E03F'), ROW('b', x'1001'), ROW('x', x'3A0200FF'),"
          + " ROW('j', x'2A060A0218010A00'), ROW('e', x'')]"
          + " AS ARRAY<ROW<k STRING, v BYTES>>)";

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  @TempDir Path temporary;

  @Test
  void gettersOfText() throws Exception {
    assertThat(getters(TEXT))
        .containsExactly("a", "-7", "-7", null, "0.5", "0.5", "true", null, "[0, -1]");
    assertThat(json(TEXT)).containsExactly("\"a\"", "-7", "[1,null]", null, "\"a\"", "-7");
  }

  @Test
  void gettersOfVariants() throws Exception {
    assertThat(getters(VARIANT))
        .containsExactly("a", "-7", "-7", null, "0.5", "0.5", "true", null, null);
    assertThat(json(VARIANT)).containsExactly("\"a\"", "-7", "[1,null]", null, "\"a\"", "-7");
  }

  @Test
  void gettersOfExactValues() throws Exception {
    assertThat(getters(EXACT))
        .containsExactly("a", "-7", "-7", null, "0.5", "0.5", "true", null, "[0, -1]");
    assertThat(json(EXACT)).containsExactly("\"a\"", "-7", "[1,null]", null, "\"a\"", "-7");
  }

  private static List<String> getters(String attributes) throws Exception {
    Row row =
        one(
            "SELECT OTAP_STRING(a, 's'), OTAP_STRING(a, 'i'), OTAP_LONG(a, 'i'), OTAP_LONG(a,"
                + " 'd'), OTAP_DOUBLE(a, 'd'), OTAP_STRING(a, 'd'), OTAP_BOOL(a, 'b'), OTAP_BOOL(a,"
                + " 'none'), OTAP_BYTES(a, 'x') FROM (VALUES ("
                + attributes
                + ")) AS t(a)");
    return texts(row);
  }

  private static List<String> json(String attributes) throws Exception {
    return texts(
        one(
            "SELECT OTAP_JSON(a, 's'), OTAP_JSON(a, 'i'), OTAP_JSON(a, 'j'), OTAP_JSON(a, 'e'),"
                + " JSON_STRING(OTAP_GET(a, 's')), JSON_STRING(OTAP_GET(a, 'i')) FROM (VALUES ("
                + attributes
                + ")) AS t(a)"));
  }

  private static List<String> texts(Row row) {
    return IntStream.range(0, row.getArity())
        .mapToObj(row::getField)
        .map(
            value ->
                value == null
                    ? null
                    : value instanceof byte[] bytes ? Arrays.toString(bytes) : value.toString())
        .toList();
  }

  private static Row one(String sql) throws Exception {
    TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.BATCH);
    env.executeSql("LOAD MODULE otap");
    List<Row> rows = SqlJobs.rows(env, sql);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void tablesOfAllPaths() throws Exception {
    for (SignalTable table : SignalTable.values()) {
      for (RuntimeExecutionMode mode :
          new RuntimeExecutionMode[] {RuntimeExecutionMode.BATCH, RuntimeExecutionMode.STREAMING}) {
        TableEnvironment env = SqlJobs.tables(mode);
        env.executeSql("LOAD MODULE otap");
        int rows =
            SqlJobs.rows(
                    env,
                    "SELECT p.name, t.resource FROM (VALUES "
                        + path("mixed")
                        + ", "
                        + path("unpartitioned")
                        + ", ('none', CAST(NULL AS STRING))) AS p(name, path), LATERAL TABLE(OTAP_"
                        + table.name()
                        + "(path)) AS t")
                .size();
        assertThat(rows)
            .isEqualTo(
                GoldenTruth.of("mixed", table).rows().size()
                    + GoldenTruth.of("unpartitioned", table).rows().size());
      }
    }
  }

  @Test
  void aCallIsCancelledWithinTwoSeconds() throws Exception {
    TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.STREAMING);
    env.executeSql("LOAD MODULE otap");
    String paths = String.join(", ", Collections.nCopies(2_000, path("logs-multi")));
    TableResult result =
        env.executeSql(
            "SELECT l.body FROM (VALUES "
                + paths
                + ") AS p(name, path), LATERAL TABLE(OTAP_LOGS(path)) AS l");
    JobClient job = result.getJobClient().orElseThrow();
    CloseableIterator<Row> rows = result.collect();
    assertThat(rows.hasNext()).isTrue();
    long begin = System.nanoTime();
    job.cancel().get();
    while (!job.getJobStatus().get().isGloballyTerminalState()) {
      Thread.onSpinWait();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void aPathWithoutATreeFailsTheQuery() throws Exception {
    TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.BATCH);
    env.executeSql("LOAD MODULE otap");
    Files.createDirectory(temporary.resolve("empty"));
    assertThatThrownBy(
            () ->
                SqlJobs.rows(
                    env,
                    "SELECT * FROM TABLE(OTAP_LOGS('" + temporary.resolve("empty").toUri() + "'))"))
        .hasStackTraceContaining("is empty");
  }

  private static String path(String set) {
    return "('" + set + "', '" + TestData.parquet(set).toUri() + "')";
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import io.otap.flink.table.model.SignalTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs and spans go from tree to tree by INSERT INTO alone, and are what was sent. */
class SqlRoundTripITCase {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  @TempDir Path temporary;

  static Stream<Arguments> tables() {
    return TestData.sets().stream()
        .flatMap(
            set ->
                Stream.of(SignalTable.LOGS, SignalTable.SPANS)
                    .filter(table -> has(set, table))
                    .map(table -> Arguments.of(set, table)));
  }

  private static boolean has(String set, SignalTable table) {
    try {
      return !OtlpFiles.files(TestData.expected(set), table.signal()).isEmpty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void parquetToParquet(String set, SignalTable table) throws Exception {
    TableEnvironment env = exact(RuntimeExecutionMode.BATCH, set);
    Path target = temporary.resolve("out");
    copyTable(env, table, "'sink.to'='parquet:" + target.toUri() + "'");
    SqlJobs.run(
        env, "INSERT INTO default_catalog.default_database.copy SELECT * FROM " + table.id());
    assertEqual(set, table.signal(), parquet(set, target, table.signal()));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void parquetToOtlpFiles(String set, SignalTable table) throws Exception {
    TableEnvironment env = exact(RuntimeExecutionMode.STREAMING, set);
    env.getConfig().set("execution.checkpointing.interval", "50 ms");
    Path target = temporary.resolve("out");
    copyTable(env, table, "'sink.to'='otlp-file:" + target.toUri() + "'");
    SqlJobs.run(
        env, "INSERT INTO default_catalog.default_database.copy SELECT * FROM " + table.id());
    assertEqual(set, table.signal(), records(set).addFolder(target));
  }

  @Test
  void columnsOfAttributesAreInserted() throws Exception {
    TableEnvironment env = SqlJobs.tables(RuntimeExecutionMode.BATCH);
    String tree = temporary.resolve("out").toUri().toString();
    env.executeSql(
        "CREATE TABLE spans ("
            + "took DOUBLE METADATA FROM 'attributes.took.ms',"
            + " name STRING,"
            + " zone STRING METADATA FROM 'resource.attributes.zone',"
            + " seen BOOLEAN METADATA FROM 'attributes.seen' VIRTUAL,"
            + " library STRING METADATA FROM 'scope.attributes.library',"
            + " attributes MAP<STRING, STRING>"
            + ") WITH ('connector'='otap', 'path'='%1$s', 'sink.to'='parquet:%1$s')"
                .formatted(tree));
    SqlJobs.run(
        env,
        "INSERT INTO spans VALUES"
            + " (1.5, 'a', 'z1', 'l', MAP['k', 'v']),"
            + " (CAST(NULL AS DOUBLE), 'b', 'z2', CAST(NULL AS STRING), MAP['took.ms', 'no number'])");
    assertThat(SqlJobs.rows(env, "SELECT * FROM spans"))
        .containsExactlyInAnyOrder(
            Row.of(1.5, "a", "z1", null, "l", Map.of("k", "v", "took.ms", "1.5")),
            Row.of(null, "b", "z2", null, null, Map.of("took.ms", "no number")));
    assertThatThrownBy(
            () ->
                SqlJobs.run(
                    env, "INSERT INTO spans VALUES (1.5, 'a', 'z', 'l', MAP['took.ms', '2'])"))
        .hasStackTraceContaining("'1.5'; what fits is '2' or NULL");
  }

  private static TableEnvironment exact(RuntimeExecutionMode mode, String set) {
    return SqlJobs.catalog(mode, set, "values", "exact");
  }

  private static void copyTable(TableEnvironment env, SignalTable table, String options) {
    env.executeSql(
        "CREATE TABLE default_catalog.default_database.copy WITH ("
            + "'connector'='otap', 'table'='"
            + table.id()
            + "', "
            + options
            + ") LIKE "
            + table.id()
            + " (EXCLUDING OPTIONS)");
  }

  private static OtlpRecords parquet(String set, Path tree, Signal signal) throws IOException {
    Storage storage = new LocalStorage();
    OtlpRecords records = records(set);
    for (SplitPlan plan :
        SplitPlanner.plan(
            OtapTree.list(storage, tree.toString()),
            Set.of(signal),
            Long.MAX_VALUE / 2,
            ReadOptions.DEFAULT)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          records.add(batch);
        }
      }
    }
    return records;
  }

  private static OtlpRecords records(String set) {
    return new OtlpRecords(
        ComparisonProfile.PARQUET,
        set.equals("logs-ambiguous")
            ? new String[] {"resource.attributes", "scope.attributes"}
            : new String[0]);
  }

  private static void assertEqual(String set, Signal signal, OtlpRecords actual)
      throws IOException {
    OtlpRecords expected = records(set);
    for (var request : OtlpFiles.read(TestData.expected(set), signal)) {
      expected.add(request);
    }
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    assertThat(actual.count(signal)).isPositive();
    assertThat(List.of(Signal.values()).stream().mapToLong(actual::count).sum())
        .isEqualTo(actual.count(signal));
  }
}

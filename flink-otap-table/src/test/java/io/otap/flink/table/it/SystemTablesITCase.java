/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.LocalStorage;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tables about the files say is so. */
class SystemTablesITCase {

  @RegisterExtension static final MiniClusterExtension CLUSTER = SqlJobs.cluster();

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void partitionsAreThoseOfTheTree(String set) throws Exception {
    Map<String, long[]> expected = new TreeMap<>();
    for (DataFile file : tree(set).files()) {
      long[] sums =
          expected.computeIfAbsent(
              (file.partition().isEmpty() ? null : file.partition()) + "/" + file.table().folder(),
              key -> new long[3]);
      sums[0]++;
      sums[1] += file.rows();
      sums[2] += file.length();
    }
    Map<String, long[]> actual = new TreeMap<>();
    for (Row row : query(set, "SELECT * FROM `partitions`")) {
      actual.put(
          row.getField(0) + "/" + row.getField(1),
          new long[] {
            (Long) row.getField(2), (Long) row.getField(3), (Long) row.getField(4),
          });
    }
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, sums) -> assertThat(actual.get(key)).as(key).isEqualTo(sums));
  }

  @ParameterizedTest
  @ValueSource(strings = {"traces", "traces-varying-schema", "two-partitions", "mixed"})
  void timesAreThoseOfTheRecords(String set) throws Exception {
    Row range =
        query(
                set,
                "SELECT MIN(`timestamp`), MAX(`timestamp`), COUNT(*) = COUNT(`timestamp`)"
                    + " FROM spans")
            .get(0);
    Row told =
        query(
                set,
                "SELECT MIN(earliest), MAX(latest), COUNT(*) = COUNT(earliest) FROM `partitions`"
                    + " WHERE table_name = 'spans'")
            .get(0);
    assertThat(told.getField(1)).isEqualTo(range.getField(1));
    assertThat(told.getField(2))
        .as("a record without a time hides the earliest")
        .isEqualTo(range.getField(2));
    if ((Boolean) range.getField(2)) {
      assertThat(told.getField(0)).isEqualTo(range.getField(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs-varying-schema", "traces-varying-schema", "logs-small", "mixed"})
  void everyFileHasOneSchema(String set) throws Exception {
    OtapTree tree = tree(set);
    Map<PayloadType, Long> files =
        tree.files().stream()
            .collect(Collectors.groupingBy(DataFile::table, Collectors.counting()));
    Map<String, Long> counted = new TreeMap<>();
    Set<String> fingerprints = new HashSet<>();
    List<Row> schemas = query(set, "SELECT * FROM schemas");
    for (Row row : schemas) {
      counted.merge((String) row.getField(0), (Long) row.getField(3), Long::sum);
      assertThat(fingerprints.add(row.getField(0) + "/" + row.getField(1))).isTrue();
      PayloadType table = PayloadType.ofFolder((String) row.getField(0));
      for (Object column : (Object[]) row.getField(2)) {
        assertThat((String) ((Row) column).getField(1)).isNotEmpty();
        assertThat(table.has((String) ((Row) column).getField(0)) || table.isRoot()).isTrue();
      }
      assertThat((String) row.getField(4)).contains("/" + table.folder() + "/");
      assertThat((String) row.getField(5)).contains("/" + table.folder() + "/");
    }
    files.forEach((table, count) -> assertThat(counted.get(table.folder())).isEqualTo(count));
    if (set.equals("logs-varying-schema")) {
      assertThat(schemas.size()).isGreaterThan(files.size());
    }
  }

  @Test
  void metadataNamesTheFilesOfTheRows() throws Exception {
    TableEnvironment env =
        SqlJobs.catalog(
            RuntimeExecutionMode.BATCH, "logs-file-per-batch", "metadata-columns", "true");
    Map<String, Long> rows = new TreeMap<>();
    for (Row row :
        SqlJobs.rows(
            env,
            "SELECT part_id, file_path, MIN(file_modification_time), MAX(recovery_class),"
                + " COUNT(*) FROM logs GROUP BY part_id, file_path")) {
      String path = (String) row.getField(1);
      assertThat(path).contains("_part_id=" + row.getField(0));
      assertThat((Instant) row.getField(2)).isAfter(Instant.EPOCH);
      assertThat((String) row.getField(3)).isIn("C1", "C2", "C3", "L", "N");
      rows.put(path.substring(path.lastIndexOf('/') + 1), (Long) row.getField(4));
    }
    Map<String, Long> expected =
        tree("logs-file-per-batch").files().stream()
            .filter(file -> file.table() == PayloadType.LOGS && file.rows() > 0)
            .collect(Collectors.toMap(DataFile::name, DataFile::rows));
    assertThat(rows).isEqualTo(new TreeMap<>(expected));
  }

  private static OtapTree tree(String set) throws Exception {
    return OtapTree.list(new LocalStorage(), TestData.parquet(set).toString());
  }

  private static List<Row> query(String set, String sql) throws Exception {
    return SqlJobs.rows(SqlJobs.catalog(RuntimeExecutionMode.BATCH, set), sql);
  }
}

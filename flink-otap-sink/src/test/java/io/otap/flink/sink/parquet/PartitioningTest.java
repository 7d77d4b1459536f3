/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.flink.sink.rolling.Recorded;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitioningTest {

  @Test
  void logsGoToTheDayAtWhichTheyHappened() throws IOException {
    Partitioning partitioning =
        new Partitioning(
            List.of(PartitionColumn.eventDate(), PartitionColumn.eventHour()),
            PartitionPlacement.IN_FRONT);
    int rows = 0;
    int folders = 0;
    for (OtapBatch batch : Recorded.batches("logs-multi")) {
      Map<String, OtapBatch> parts = partitioning.split(batch);
      for (Map.Entry<String, OtapBatch> part : parts.entrySet()) {
        rows += part.getValue().rows();
        folders++;
        LogCursor log = LogCursor.of(part.getValue());
        while (log.next()) {
          assertThat(part.getKey()).isEqualTo(folder(log));
        }
      }
      rows -= batch.rows();
    }
    assertThat(rows).isZero();
    assertThat(folders).isPositive();
  }

  private static String folder(LogCursor log) {
    long nanos = log.timeUnixNano() == 0 ? log.observedTimeUnixNano() : log.timeUnixNano();
    if (nanos == 0) {
      return "date=__HIVE_DEFAULT_PARTITION__/hour=__HIVE_DEFAULT_PARTITION__";
    }
    String time = Instant.ofEpochSecond(nanos / 1_000_000_000).toString();
    return "date=" + time.substring(0, 10) + "/hour=" + time.substring(11, 13);
  }

  @Test
  void valuesBecomeFolders() throws IOException {
    OtapBatch batch = batch();
    String[] values = new String[batch.rows()];
    Arrays.fill(values, "a/b é");
    values[0] = null;
    values[1] = "x";
    Partitioning partitioning =
        new Partitioning(List.of(column("tenant", values)), PartitionPlacement.BEHIND);
    Map<String, OtapBatch> parts = partitioning.split(batch);
    assertThat(parts.keySet())
        .containsExactly("tenant=__HIVE_DEFAULT_PARTITION__", "tenant=x", "tenant=a%2Fb%20%C3%A9");
    assertThat(parts.values()).extracting(OtapBatch::rows).containsExactly(1, 1, batch.rows() - 2);
  }

  @Test
  void foldersStandInFrontOfTablesOrBehindThem() {
    String path = "logs/_part_id=p/part-1.parquet";
    assertThat(new Partitioning(List.of(), PartitionPlacement.IN_FRONT).place("", path))
        .isEqualTo(path);
    assertThat(new Partitioning(List.of(), PartitionPlacement.IN_FRONT).place("d=1/h=2", path))
        .isEqualTo("d=1/h=2/logs/_part_id=p/part-1.parquet");
    assertThat(new Partitioning(List.of(), PartitionPlacement.BEHIND).place("d=1/h=2", path))
        .isEqualTo("logs/d=1/h=2/_part_id=p/part-1.parquet");
  }

  @Test
  void columnsThatCannotBeAreRefused() throws IOException {
    assertThatThrownBy(() -> partitioning(column("_part_id", new String[0])))
        .hasMessageContaining("'_part_id'");
    assertThatThrownBy(() -> partitioning(column("a", null), column("a", null)))
        .hasMessageContaining("one name");
    OtapBatch batch = batch();
    assertThatThrownBy(() -> partitioning(column("a", new String[1])).split(batch))
        .hasMessageContaining("a gave 1 values for " + batch.rows());
  }

  private static OtapBatch batch() throws IOException {
    return Recorded.batches("mixed").stream()
        .filter(b -> b.signal() == Signal.LOGS && b.rows() > 3)
        .findFirst()
        .orElseThrow();
  }

  private static Partitioning partitioning(PartitionColumn... columns) {
    return new Partitioning(List.of(columns), PartitionPlacement.IN_FRONT);
  }

  private static PartitionColumn column(String name, String[] values) {
    return new PartitionColumn() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String[] values(OtapBatch batch) {
        return values;
      }
    };
  }
}

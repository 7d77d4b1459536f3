/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.sink.parquet.PartitionColumn;
import io.otap.flink.sink.parquet.PartitionPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.connector.sink2.Sink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rolling sinks write of recorded telemetry reads back equal, and when it appears. */
class RollingSinksTest {

  private static final RollingPolicy LONG =
      new RollingPolicy(1L << 40, Duration.ofMinutes(10), Duration.ofMinutes(2));

  @TempDir Path folder;

  private org.apache.flink.core.fs.Path target;

  static List<String> sets() {
    return TestData.sets();
  }

  @BeforeEach
  void target() {
    FaultyFileSystem.heal();
    target = FaultyFileSystem.path(folder);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void aTreeReadsTheSame(String set) throws Exception {
    FaultyFileSystem.heal();
    write(set, OtapParquetSink.to(target).setRun("r").setRollingPolicy(LONG).build());
    assertEqual(set, Recorded.tree(folder));
    int level = Integer.MAX_VALUE;
    for (PayloadType table : FaultyFileSystem.renamed().stream().map(Recorded::table).toList()) {
      assertThat(table.level()).isLessThanOrEqualTo(level);
      level = table.level();
    }
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void partitionedTreesReadTheSame() throws Exception {
    OtapParquetSink sink =
        OtapParquetSink.to(target)
            .setRun("r")
            .setPartitionColumns(PartitionColumn.eventDate(), PartitionColumn.eventHour())
            .setPartitionPlacement(PartitionPlacement.BEHIND)
            .build();
    write("mixed", sink);
    assertEqual("mixed", Recorded.tree(folder));
    assertThat(Recorded.files(folder))
        .allMatch(f -> f.toString().matches(".*/[a-z_]+/date=[^/]+/hour=[^/]+/_part_id=[^/]+/.*"));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void otlpFilesReadTheSame(String set) throws Exception {
    write(set, OtlpFileSink.to(target).rolling(LONG.withMaxBytes(1 << 15)).setRun("r").build());
    assertEqual(set, new OtlpRecords(ComparisonProfile.EXACT).addFolder(folder));
  }

  @Test
  void smallCheckpointsDoNotMakeSmallFiles() throws Exception {
    List<OtapBatch> batches = Recorded.batches("logs-small");
    for (Sink<OtapBatch> sink :
        List.of(
            OtlpFileSink.to(target).rolling(LONG).setRun("otlp").build(),
            OtapParquetSink.to(target).setRollingPolicy(LONG).setRun("parquet").build())) {
      int before = Recorded.files(folder).size();
      String run = before == 0 ? "otlp" : "parquet";
      try (SinkAttempt attempt = new SinkAttempt(sink, target, run, 3, 1, 0, null)) {
        long id = 0;
        for (OtapBatch batch : batches) {
          attempt.write(batch, new Random(1));
          attempt.checkpoint(++id);
          attempt.complete(id);
          assertThat(Recorded.files(folder)).hasSize(before);
        }
        attempt.time(Duration.ofMinutes(3).toMillis());
        attempt.checkpoint(++id);
        assertThat(Recorded.files(folder)).hasSize(before);
        attempt.complete(id);
        int tables = run.equals("otlp") ? 1 : tables(batches);
        assertThat(Recorded.files(folder)).hasSize(before + tables);
        assertThat(new CommittedOutput(target, run).after(id - 1)).hasSize(tables);
        assertThat(new CommittedOutput(target, run).after(id)).isEmpty();
      }
    }
  }

  private static int tables(List<OtapBatch> batches) {
    return (int)
        batches.stream()
            .flatMap(b -> b.tables().stream())
            .filter(t -> t.rows() > 0)
            .map(t -> t.type())
            .distinct()
            .count();
  }

  @Test
  void aCheckpointThatIsTooOldIsTold() throws Exception {
    List<OtapBatch> batches = Recorded.batches("logs-small");
    Sink<OtapBatch> sink = OtapParquetSink.to(target).setRollingPolicy(LONG).setRun("r").build();
    SinkAttempt.Snapshot old;
    try (SinkAttempt attempt = new SinkAttempt(sink, target, "r", 1, 1, 0, null)) {
      attempt.write(batches.get(0), new Random(1));
      old = attempt.checkpoint(1);
      attempt.complete(1);
      attempt.time(Duration.ofMinutes(3).toMillis());
      for (long id = 2; id < 5; id++) {
        attempt.checkpoint(id);
        attempt.complete(id);
      }
    }
    assertThatThrownBy(() -> new SinkAttempt(sink, target, "r", 1, 1, 0, old))
        .hasStackTraceContaining("the checkpoint needs the staged file")
        .hasStackTraceContaining("restore a later checkpoint");
  }

  @Test
  void whatAnAttemptDidNotHandOverGoesWithIt() throws Exception {
    RollingPolicy small = LONG.withMaxBytes(1 << 10);
    for (Sink<OtapBatch> sink :
        List.of(
            OtlpFileSink.to(target).rolling(small).setRun("r").build(),
            OtapParquetSink.to(target).setRollingPolicy(small).setRun("r").build())) {
      try (SinkAttempt attempt = new SinkAttempt(sink, target, "r", 3, 1, 0, null)) {
        for (OtapBatch batch : Recorded.batches("logs-small")) {
          attempt.write(batch, new Random(1));
        }
        assertThat(folder.resolve(".staging-r-0")).isNotEmptyDirectory();
      }
      assertThat(folder.resolve(".staging-r-0")).isEmptyDirectory();
    }
  }

  @Test
  void targetsThatCannotBeAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(
            () ->
                OtlpFileSink.to(new org.apache.flink.core.fs.Path("nosuch://x/y"))
                    .rolling(LONG)
                    .build())
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CONFIG))
        .hasMessageContaining("nosuch://x/y")
        .hasMessageContaining("plugin");
    assertThatThrownBy(() -> OtapParquetSink.to(FaultyFileSystem.path(file)).build())
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CONFIG))
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> OtapParquetSink.to(target).setRun("a/b").build())
        .hasMessageContaining("'a/b'");
  }

  @Test
  void aTargetThatCannotBeWrittenIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    org.apache.flink.core.fs.Path below = FaultyFileSystem.path(file.resolve("below"));
    Sink<OtapBatch> sink = OtlpFileSink.to(below).rolling(LONG).setRun("r").build();
    try (SinkAttempt attempt = new SinkAttempt(sink, below, "r", 1, 1, 0, null)) {
      OtapBatch batch = Recorded.batches("logs-small").get(0);
      assertThatThrownBy(() -> attempt.write(batch, new Random(1)))
          .isInstanceOfSatisfying(
              OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.IO))
          .hasMessageContaining("cannot write to the target " + below);
    }
  }

  private void write(String set, Sink<OtapBatch> sink) throws Exception {
    try (SinkAttempt attempt = new SinkAttempt(sink, target, "r", 3, 1, 0, null)) {
      for (OtapBatch batch : Recorded.batches(set)) {
        attempt.write(batch, new Random(1));
      }
      attempt.endInput();
      attempt.checkpoint(1);
      attempt.complete(1);
    }
  }

  private static void assertEqual(String set, List<OtapBatch> batches) throws IOException {
    assertEqual(set, records(batches));
  }

  private static void assertEqual(String set, OtlpRecords actual) throws IOException {
    OtlpComparison comparison = OtlpComparison.of(records(Recorded.batches(set)), actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  private static OtlpRecords records(List<OtapBatch> batches) throws IOException {
    OtlpRecords records = new OtlpRecords(ComparisonProfile.EXACT);
    for (OtapBatch batch : batches) {
      records.add(batch);
    }
    return records;
  }
}

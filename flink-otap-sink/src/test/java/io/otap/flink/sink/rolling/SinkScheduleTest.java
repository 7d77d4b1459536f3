/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.OtapBatch;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.Sink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to a job, everything is in the output once. Random schedules of batches,
 * checkpoints that succeed or not, failures between any two changes of the file system, restores
 * with another parallelism, and returns to older checkpoints with the later output superseded.
 * {@code -Dotap.sink-schedules=100} runs more of them.
 */
class SinkScheduleTest {

  private static final String RUN = "run-1";
  private static final int RECOVERABLE = 3;

  private static final List<OtapBatch> BATCHES = new ArrayList<>();

  @TempDir Path folder;

  /** What a sink writes and how it is read. */
  private interface Form {
    Sink<OtapBatch> sink(org.apache.flink.core.fs.Path target, RollingPolicy policy)
        throws IOException;

    void read(Path target, OtlpRecords records) throws IOException;
  }

  private static final Form OTLP =
      new Form() {
        @Override
        public Sink<OtapBatch> sink(org.apache.flink.core.fs.Path target, RollingPolicy policy)
            throws IOException {
          return OtlpFileSink.to(target)
              .rolling(policy)
              .setRun(RUN)
              .setRecoverableCheckpoints(RECOVERABLE)
              .build();
        }

        @Override
        public void read(Path target, OtlpRecords records) throws IOException {
          if (Files.exists(target)) {
            records.addFolder(target);
          }
        }
      };

  private static final Form PARQUET =
      new Form() {
        @Override
        public Sink<OtapBatch> sink(org.apache.flink.core.fs.Path target, RollingPolicy policy)
            throws IOException {
          return OtapParquetSink.to(target)
              .setRollingPolicy(policy)
              .setRun(RUN)
              .setRecoverableCheckpoints(RECOVERABLE)
              .setPartitionColumns(PartitionColumn.eventHour())
              .setPartitionPlacement(PartitionPlacement.BEHIND)
              .setMaxOpenPartitions(2)
              .build();
        }

        @Override
        public void read(Path target, OtlpRecords records) throws IOException {
          for (OtapBatch batch : Recorded.tree(target)) {
            records.add(batch);
          }
        }
      };

  static Stream<Long> seeds() {
    return LongStream.rangeClosed(1, Long.getLong("otap.sink-schedules", 4)).boxed();
  }

  @BeforeAll
  static void read() throws IOException {
    for (String set : List.of("mixed", "metrics", "traces")) {
      List<OtapBatch> recorded = Recorded.batches(set);
      BATCHES.addAll(recorded.subList(0, Math.min(20, recorded.size())));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void otlpFiles(long seed) throws Exception {
    run(OTLP, seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void parquet(long seed) throws Exception {
    run(PARQUET, seed);
  }

  private void run(Form form, long seed) throws Exception {
    Schedule schedule = new Schedule(form, folder, new Random(seed));
    try {
      schedule.run();
      OtlpComparison comparison = OtlpComparison.of(expected(BATCHES.size()), schedule.output());
      assertThat(comparison.isEqual())
          .as("seed %d, %s: %s", seed, schedule.log, comparison.difference())
          .isTrue();
    } catch (Exception e) {
      throw new AssertionError("seed " + seed + ": " + schedule.log, e);
    }
  }

  private static OtlpRecords expected(int batches) throws IOException {
    OtlpRecords records = new OtlpRecords(ComparisonProfile.PARQUET);
    for (OtapBatch batch : BATCHES.subList(0, batches)) {
      records.add(batch);
    }
    return records;
  }

  private static final class Schedule {

    private final Form form;
    private final Path folder;
    private final org.apache.flink.core.fs.Path target;
    private final Random random;
    private final Sink<OtapBatch> sink;
    private final List<SinkAttempt> killed = new ArrayList<>();

    /** Checkpoints that succeeded, as many as are retained. */
    private final List<SinkAttempt.Snapshot> retained = new ArrayList<>();

    private final List<String> log = new ArrayList<>();
    private SinkAttempt attempt;
    private long checkpoint;
    private long superseded = -1;
    private long now = 1_000_000;

    Schedule(Form form, Path folder, Random random) throws IOException {
      this.form = form;
      this.folder = folder;
      this.target = FaultyFileSystem.path(folder);
      this.random = random;
      RollingPolicy policy =
          new RollingPolicy(
              1L << (10 + random.nextInt(10)),
              Duration.ofMillis(random.nextInt(5) * 1000L),
              Duration.ofMillis(500 + random.nextInt(3000)));
      log.add(policy.toString());
      this.sink = form.sink(target, policy);
    }

    OtlpRecords output() throws IOException {
      OtlpRecords records = new OtlpRecords(ComparisonProfile.PARQUET);
      form.read(folder, records);
      return records;
    }

    void run() throws Exception {
      boolean ended = false;
      while (!ended) {
        int failure = random.nextInt(4) == 0 ? random.nextInt(60) : -1;
        FaultyFileSystem.failAt(failure, random.nextBoolean());
        try {
          ended = go();
        } catch (Exception e) {
          if (failure < 0) {
            throw e;
          }
          log.add("failed: " + e);
          crash();
        }
      }
      FaultyFileSystem.heal();
      attempt.close();
      for (SinkAttempt old : killed) {
        old.close();
      }
    }

    /** Some steps; whether the end was reached. */
    private boolean go() throws Exception {
      if (attempt == null) {
        restore();
      }
      for (int steps = 1 + random.nextInt(10); steps > 0; steps--) {
        now += random.nextInt(1500);
        attempt.time(now);
        for (int i = random.nextInt(4); i > 0 && attempt.position() < BATCHES.size(); i--) {
          attempt.write(BATCHES.get(attempt.position()), random);
        }
        if (attempt.position() == BATCHES.size()) {
          attempt.endInput();
          checkpoint(true);
          log.add("ended");
          return true;
        }
        checkpoint(random.nextInt(4) != 0);
        if (random.nextInt(12) == 0) {
          log.add("crash");
          crash();
          return false;
        }
      }
      return false;
    }

    private void checkpoint(boolean succeeds) throws Exception {
      SinkAttempt.Snapshot snapshot = attempt.checkpoint(++checkpoint);
      log.add("checkpoint " + checkpoint + " at " + snapshot.position() + (succeeds ? "" : "✗"));
      if (succeeds) {
        retained.add(snapshot);
        if (retained.size() > RECOVERABLE) {
          retained.remove(0);
        }
        attempt.complete(checkpoint);
      }
    }

    /** The process is gone, or the task is closed. */
    private void crash() throws Exception {
      if (attempt != null && random.nextBoolean()) {
        FaultyFileSystem.heal();
        attempt.close();
      } else if (attempt != null) {
        killed.add(attempt);
      }
      attempt = null;
    }

    private void restore() throws Exception {
      if (retained.size() > 1 && random.nextInt(3) == 0) {
        goBack();
      }
      if (superseded >= 0) {
        log.add("supersede after " + superseded);
        new CommittedOutput(target, RUN).supersede(superseded);
        superseded = -1;
      }
      SinkAttempt.Snapshot from = retained.isEmpty() ? null : retained.get(retained.size() - 1);
      int parallelism = 1 + random.nextInt(4);
      log.add("restore " + (from == null ? "nothing" : from.id()) + " × " + parallelism);
      attempt = new SinkAttempt(sink, target, RUN, RECOVERABLE, parallelism, now, from);
      assertThat(output().count(BATCHES.get(0).signal()))
          .isLessThanOrEqualTo(
              expected(from == null ? 0 : from.position()).count(BATCHES.get(0).signal()));
    }

    /**
     * The newest checkpoints cannot be read. They do not come back, whatever fails from here on.
     */
    private void goBack() {
      int keep = 1 + random.nextInt(retained.size() - 1);
      superseded = retained.get(keep - 1).id();
      while (retained.size() > keep) {
        retained.remove(keep);
      }
    }
  }
}

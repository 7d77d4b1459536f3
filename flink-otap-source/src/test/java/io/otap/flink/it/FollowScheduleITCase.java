/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.Recovery;
import io.otap.core.follow.Publication;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.rolling.FaultyFileSystem;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceBuilder;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import io.otap.flink.source.slice.OtapSliceTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.highavailability.nonha.embedded.HaLeadershipControl;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tree appears file by file while the job that follows it is killed, restarted, rescaled and
 * restored, and its sink fails between changes of files, those of commits among them: each record
 * is committed once. {@code otap.follow-schedules} says how many schedules, {@code otap.seed} the
 * first seed.
 */
class FollowScheduleITCase {

  private static final int TASK_MANAGERS = 2;

  /** Numbers of the task managers that run. */
  private static final List<Integer> RUNNING = new ArrayList<>(List.of(0, 1));

  private static int started = TASK_MANAGERS;

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final List<String> SETS =
      List.of(
          "mixed",
          "traces",
          "logs-multi",
          "two-partitions",
          "logs-file-per-batch",
          "metrics-varying-schema",
          "traces-varying-schema",
          "logs-ambiguous");

  private static final Set<String> SEVERAL_SIGNALS = Set.of("mixed", "two-partitions");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(
                  new Configuration()
                      // Flink 2.3 ends its process now and then when a checkpoint begins while a
                      // part of a source restarts ("Some subtask gateway can be closed").
                      .set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full")
                      .set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16))
                      .set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16)))
              .setNumberTaskManagers(TASK_MANAGERS)
              .setNumberSlotsPerTaskManager(4)
              .withHaLeadershipControl()
              .build());

  @TempDir Path temporary;

  static LongStream seeds() {
    long first = Long.getLong("otap.seed", 1);
    return LongStream.range(first, first + Integer.getInteger("otap.follow-schedules", 12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRecordIsCommittedOnce(long seed, @InjectMiniCluster MiniCluster cluster)
      throws Exception {
    Schedule schedule = new Schedule(seed, cluster);
    try {
      schedule.run();
    } finally {
      schedule.end();
    }
  }

  private final class Schedule {

    private final Random random;
    private final MiniCluster cluster;
    private final String set;
    private final boolean keyed;
    private final boolean unaligned;
    private final boolean rocks;
    private final int openSplits;
    private final String afterRead;
    private final RollingPolicy rolling;
    private final Publication publication;
    private final UndecidedRows undecided = new UndecidedRows();
    private final StringBuilder events = new StringBuilder();
    private JobClient job;
    private String savepoint;

    Schedule(long seed, MiniCluster cluster) throws IOException {
      this.random = new Random(seed * 0x9E3779B97F4A7C15L);
      this.cluster = cluster;
      this.set = SETS.get(random.nextInt(SETS.size()));
      this.keyed = random.nextBoolean();
      this.unaligned = random.nextBoolean();
      this.rocks = keyed && random.nextInt(3) == 0;
      this.rolling =
          random.nextBoolean()
              ? RollingPolicy.EVERY_CHECKPOINT
              : RollingPolicy.DEFAULT.withMaxAge(Duration.ofMillis(300));
      this.openSplits = random.nextBoolean() ? 1 : 3;
      this.afterRead =
          List.of("keep", "delete", "archive:" + temporary.resolve("archive").toUri())
              .get(random.nextInt(3));
      boolean lateChildren = random.nextBoolean();
      this.publication =
          new Publication(TestData.parquet(set), temporary.resolve("tree"), random, lateChildren);
      events.append(
          String.format(
              "seed %d: %s, %s, open splits %d, %s, %s, %s, %s%s:",
              seed,
              set,
              keyed ? "keyed" : "reader",
              openSplits,
              unaligned ? "unaligned" : "aligned",
              rocks ? "rocksdb" : "hashmap",
              rolling.spansCheckpoints() ? "spanning" : "each checkpoint",
              afterRead.split(":")[0],
              lateChildren ? ", span_attrs late" : ""));
    }

    void run() throws Exception {
      start(1 + random.nextInt(4), Duration.ofHours(1));
      while (!publication.isComplete()) {
        for (int n = random.nextInt(4); n > 0; n--) {
          publication.next();
        }
        pause(random.nextInt(60));
        if (random.nextInt(5) == 0) {
          happen();
        }
      }
      restart(1 + random.nextInt(4), Duration.ZERO);
      await();
      stop();
      FaultyFileSystem.failed().forEach(this::event);
      System.out.println(events + " " + undecided.count() + " undecided");
      OtlpComparison comparison = comparison();
      assertThat(comparison.isEqualButForContext(undecided.count()))
          .as(() -> events + "\n" + comparison.difference())
          .isTrue();
    }

    /** Whatever has gone wrong, the next schedule finds free slots. */
    void end() throws Exception {
      FaultyFileSystem.heal();
      if (job != null && !job.getJobStatus().get().isTerminalState()) {
        job.cancel().get();
      }
    }

    private void happen() throws Exception {
      switch (random.nextInt(4)) {
        case 0 -> {
          event("kill task manager");
          cluster.terminateTaskManager(RUNNING.remove(random.nextInt(TASK_MANAGERS))).get();
          cluster.startTaskManager();
          RUNNING.add(started++);
        }
        case 1 -> {
          event("revoke job manager");
          HaLeadershipControl leadership = cluster.getHaLeadershipControl().orElseThrow();
          // A leadership that is revoked before it is there is the end of Flink's test cluster.
          while (job.getJobStatus().get() == JobStatus.INITIALIZING) {
            pause(5);
          }
          JobID id = job.getJobID();
          leadership.revokeJobMasterLeadership(id).get();
          leadership.grantJobMasterLeadership(id).get();
        }
        case 2 -> restart(1 + random.nextInt(4), Duration.ofHours(1));
        default -> breakOff();
      }
    }

    private void restart(int parallelism, Duration lateChildren) throws Exception {
      stop();
      start(parallelism, lateChildren);
    }

    private void stop() throws Exception {
      savepoint = TestJobs.stop(job, temporary.resolve("savepoints"));
      event("stop");
    }

    private void start(int parallelism, Duration lateChildren) throws Exception {
      event("start at parallelism " + parallelism);
      StreamExecutionEnvironment env =
          TestJobs.environment(RuntimeExecutionMode.STREAMING, parallelism, true, 1000);
      Configuration own = new Configuration();
      own.set(StateBackendOptions.STATE_BACKEND, rocks ? "rocksdb" : "hashmap");
      own.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
      own.set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);
      if (savepoint != null) {
        own.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      }
      env.configure(own);
      Configuration options = AssemblyITCase.options(set);
      options.set(OtapSourceOptions.ASSEMBLY, keyed ? Assembly.KEYED : Assembly.READER);
      options.set(OtapSourceOptions.SPLIT_SIZE, new MemorySize(20_000));
      options.set(OtapSourceOptions.CONTINUOUS, true);
      options.set(OtapSourceOptions.DISCOVERY_INTERVAL, Duration.ofMillis(20));
      options.set(OtapSourceOptions.LATE_CHILDREN_TIMEOUT, lateChildren);
      options.set(OtapSourceOptions.MAX_PENDING_SPLITS, 2);
      options.set(OtapSourceOptions.MAX_OPEN_SPLITS, openSplits);
      if (!afterRead.equals("keep")) {
        options.removeConfig(OtapSourceOptions.SIGNALS);
        options.set(OtapSourceOptions.AFTER_READ, afterRead);
        // A file of another signal may be published as late as the schedule likes.
        options.set(
            OtapSourceOptions.AFTER_READ_DELAY,
            SEVERAL_SIGNALS.contains(set) ? DEADLINE : Duration.ofMillis(300));
      }
      options.set(OtapSourceOptions.ASSUME_SINGLE_EXPORTER, true);
      batches(env, options)
          .map(new FailingOnce<>(random.nextInt(4), 10 + random.nextInt(60)))
          .returns(OtapBatchTypeInfo.INSTANCE)
          .uid("failing")
          .map(undecided)
          .returns(OtapBatchTypeInfo.INSTANCE)
          .uid("undecided")
          .sinkTo(
              OtlpFileSink.to(FaultyFileSystem.path(temporary.resolve("out")))
                  .rolling(rolling)
                  .setRun("test")
                  .build())
          .uid("sink");
      breakOff();
      job = env.executeAsync();
    }

    /** Some change of the sink's files to come fails, before or after it is made. */
    private void breakOff() {
      FaultyFileSystem.failed().forEach(this::event);
      if (random.nextBoolean()) {
        FaultyFileSystem.failAt(random.nextInt(60), random.nextBoolean());
      } else {
        // The steps of a commit.
        FaultyFileSystem.failAt(random.nextInt(8), random.nextBoolean(), "rename", "delete");
      }
    }

    private DataStream<OtapBatch> batches(StreamExecutionEnvironment env, Configuration options)
        throws IOException {
      org.apache.flink.core.fs.Path tree = TestJobs.flinkPath(temporary.resolve("tree"));
      if (!keyed) {
        return source(env, OtapSource.forBatches(tree), options);
      }
      return OtapStreams.assemble(
          source(env, OtapSource.forSlices(tree), options)
              .map(new FailingOnce<OtapSlice>(random.nextInt(2), 20 + random.nextInt(200)))
              .returns(OtapSliceTypeInfo.INSTANCE)
              .uid("slices"));
    }

    private <T> DataStream<T> source(
        StreamExecutionEnvironment env, OtapSourceBuilder<T> source, Configuration options)
        throws IOException {
      return env.fromSource(
              source.setOptions(options).build(), WatermarkStrategy.noWatermarks(), "read")
          .uid(OtapStreams.SOURCE_UID);
    }

    /**
     * Until as many records are committed as were sent, or the job is gone, or it takes too long.
     */
    private void await() throws Exception {
      long expected = count(records(TestData.expected(set)));
      long deadline = System.nanoTime() + DEADLINE.toNanos();
      while (committed() < expected) {
        assertThat(job.getJobStatus().get().isTerminalState()).as(events.toString()).isFalse();
        assertThat(System.nanoTime()).as("%s: %s", events, comparison()).isLessThan(deadline);
        pause(50);
      }
    }

    private long committed() throws IOException {
      return count(records(temporary.resolve("out")));
    }

    private OtlpComparison comparison() throws IOException {
      return OtlpComparison.of(records(TestData.expected(set)), records(temporary.resolve("out")));
    }

    private static long count(OtlpRecords records) {
      return Stream.of(Signal.values()).mapToLong(records::count).sum();
    }

    private static OtlpRecords records(Path folder) throws IOException {
      OtlpRecords records = new OtlpRecords(ComparisonProfile.PARQUET);
      return Files.exists(folder) ? records.addFolder(folder) : records;
    }

    private void event(String what) {
      events.append(' ').append(what).append(',');
    }

    /** Part of what happens, not waiting for it. */
    private static void pause(int millis) {
      LockSupport.parkNanos(millis * 1_000_000L);
    }
  }

  /** Notes rows of which the resource or the scope is undecided, however often they come. */
  private static final class UndecidedRows implements MapFunction<OtapBatch, OtapBatch> {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Set<String>> ROWS = new ConcurrentHashMap<>();

    private final String run = UUID.randomUUID().toString();

    long count() {
      return ROWS.getOrDefault(run, Set.of()).size();
    }

    @Override
    public OtapBatch map(OtapBatch batch) {
      for (int row = 0; row < batch.rows(); row++) {
        if (batch.resourceRecovery(row) == Recovery.N || batch.scopeRecovery(row) == Recovery.N) {
          ROWS.computeIfAbsent(run, r -> ConcurrentHashMap.newKeySet())
              .add(batch.origin().file() + "#" + (batch.origin().firstRow() + row));
        }
      }
      return batch;
    }
  }
}

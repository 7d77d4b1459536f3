/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.follow.ChildRows;
import io.otap.core.follow.ChildRows.ChildRow;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.OnLateChildren;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.assembly.LateRow;
import io.otap.flink.source.slice.OtapSliceTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some child files appear when all root files have been read, while the job fails and is restored:
 * each of their rows is committed to the side output once, and the batches are those of the tree
 * without the files. {@code otap.late-schedules} says how many schedules, {@code otap.seed} the
 * first seed.
 */
class LateChildrenITCase {

  private static final Storage STORAGE = new LocalStorage();
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final List<String> SETS =
      List.of(
          "mixed",
          "traces",
          "large-batch",
          "metrics-varying-schema",
          "traces-varying-schema",
          "logs-file-per-batch",
          "two-partitions");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path temporary;

  private final Set<String> heldNames = new HashSet<>();
  private final StringBuilder events = new StringBuilder();
  private Random random;
  private String set;
  private boolean unaligned;
  private JobClient job;
  private String savepoint;

  static LongStream seeds() {
    long first = Long.getLong("otap.seed", 1);
    return LongStream.range(first, first + Integer.getInteger("otap.late-schedules", 4));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void eachLateRowIsCommittedOnce(long seed) throws Exception {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
    set = SETS.get(random.nextInt(SETS.size()));
    unaligned = random.nextBoolean();
    List<Path> held = heldFiles();
    events.append("seed ").append(seed).append(": ").append(set);
    events.append(unaligned ? ", unaligned, " : ", aligned, ").append(held.size()).append(" late:");
    publish(files(TestData.parquet(set)).stream().filter(file -> !held.contains(file)).toList());
    OtlpRecords expected = boundedRecords();
    try {
      start(1 + random.nextInt(4));
      await(() -> count(records()) >= count(expected));
      while (!held.isEmpty()) {
        publish(List.of(held.remove(held.size() - 1)));
        LockSupport.parkNanos(random.nextInt(80) * 1_000_000L);
        if (random.nextInt(4) == 0) {
          restart();
        }
      }
      restart();
      Set<String> late = lateRows();
      await(() -> lines().size() >= late.size());
      savepoint = TestJobs.stop(job, temporary.resolve("savepoints"));
      assertThat(lines()).as(events.toString()).containsExactlyInAnyOrderElementsOf(late);
      OtlpComparison comparison = OtlpComparison.of(expected, records());
      assertThat(comparison.isEqual()).as(() -> events + "\n" + comparison.difference()).isTrue();
      System.out.println(events + " " + late.size() + " rows late");
    } finally {
      if (!job.getJobStatus().get().isTerminalState()) {
        job.cancel().get();
      }
    }
  }

  /** Some files of child tables, in any order; not those of resources and scopes. */
  private List<Path> heldFiles() throws IOException {
    List<Path> held = new ArrayList<>();
    while (held.isEmpty()) {
      for (Path file : files(TestData.parquet(set))) {
        PayloadType table = table(file);
        if (table.parent() != null && random.nextInt(3) == 0) {
          held.add(file);
        }
      }
    }
    Collections.shuffle(held, random);
    heldNames.addAll(held.stream().map(LateChildrenITCase::name).toList());
    return held;
  }

  /** Rows that depend on a file that was held back. */
  private Set<String> lateRows() throws IOException {
    Set<String> late = new HashSet<>();
    for (Map.Entry<ChildRow, List<String>> row : ChildRows.of(tree()).entrySet()) {
      if (row.getValue().stream().anyMatch(file -> heldNames.contains(name(Path.of(file))))) {
        ChildRow key = row.getKey();
        late.add(line(key.table().folder(), key.file(), key.row(), key.parentId()));
      }
    }
    return late;
  }

  private void restart() throws Exception {
    savepoint = TestJobs.stop(job, temporary.resolve("savepoints"));
    events.append(" stop,");
    start(1 + random.nextInt(4));
  }

  private void start(int parallelism) throws Exception {
    events.append(" start at parallelism ").append(parallelism).append(',');
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, parallelism, true, 1000);
    Configuration own = new Configuration();
    own.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
    own.set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);
    if (savepoint != null) {
      own.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    env.configure(own);
    Configuration options = AssemblyITCase.options(set);
    options.set(OtapSourceOptions.CONTINUOUS, true);
    options.set(OtapSourceOptions.DISCOVERY_INTERVAL, Duration.ofMillis(20));
    options.set(OtapSourceOptions.LATE_CHILDREN_TIMEOUT, Duration.ZERO);
    options.set(OtapSourceOptions.ON_LATE_CHILDREN, OnLateChildren.SIDE_OUTPUT);
    options.set(OtapSourceOptions.ASSUME_SINGLE_EXPORTER, true);
    OtapSource<OtapSlice> source =
        OtapSource.forSlices(TestJobs.flinkPath(tree())).setOptions(options).build();
    SingleOutputStreamOperator<OtapBatch> batches =
        OtapStreams.assemble(
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "read")
                .uid(OtapStreams.SOURCE_UID)
                .map(new FailingAtLateRows(random))
                .returns(OtapSliceTypeInfo.INSTANCE)
                .uid("slices"));
    batches
        .sinkTo(
            OtlpFileSink.to(TestJobs.flinkPath(temporary.resolve("out")))
                .rolling(RollingPolicy.EVERY_CHECKPOINT)
                .setRun("test")
                .build())
        .uid("sink");
    batches
        .getSideOutput(OtapStreams.LATE_CHILDREN)
        .map(LateChildrenITCase::line)
        .returns(Types.STRING)
        .uid("lines")
        .map(new FailingOnce<>(0, random.nextInt(300), 300 + random.nextInt(3000)))
        .returns(Types.STRING)
        .uid("failing")
        .sinkTo(
            FileSink.forRowFormat(
                    TestJobs.flinkPath(temporary.resolve("late")),
                    new SimpleStringEncoder<String>())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build())
        .uid("late sink");
    job = env.executeAsync();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.holds()) {
      assertThat(job.getJobStatus().get().isTerminalState()).as(events.toString()).isFalse();
      assertThat(System.nanoTime()).as("%s: %d lines", events, lines().size()).isLessThan(deadline);
      LockSupport.parkNanos(200_000_000);
    }
  }

  private static String line(LateRow row) {
    return line(row.table(), row.file(), row.row(), row.parentId());
  }

  private static String line(String table, String file, long row, long parentId) {
    return table + " " + name(Path.of(file)) + " " + row + " " + parentId;
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : TestJobs.names(temporary.resolve("late"))) {
      if (!name.startsWith(".")) {
        lines.addAll(Files.readAllLines(temporary.resolve("late").resolve(name)));
      }
    }
    return lines;
  }

  private OtlpRecords records() throws IOException {
    OtlpRecords records = emptyRecords();
    Path out = temporary.resolve("out");
    return Files.exists(out) ? records.addFolder(out) : records;
  }

  /** Without what a tree that grows leaves undecided for some rows. */
  private static OtlpRecords emptyRecords() {
    return new OtlpRecords(ComparisonProfile.PARQUET, "resource.attributes", "scope.attributes");
  }

  /** What the tree gives as it is now, read once. */
  private OtlpRecords boundedRecords() throws IOException {
    OtlpRecords records = emptyRecords();
    OtapTree listed = OtapTree.list(STORAGE, tree().toString());
    for (SplitPlan plan :
        SplitPlanner.plan(
            listed, EnumSet.allOf(Signal.class), Long.MAX_VALUE / 2, ReadOptions.DEFAULT)) {
      try (SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          records.add(batch);
        }
      }
    }
    return records;
  }

  private static long count(OtlpRecords records) {
    return Stream.of(Signal.values()).mapToLong(records::count).sum();
  }

  private Path tree() {
    return temporary.resolve("tree");
  }

  private void publish(List<Path> files) throws IOException {
    for (Path file : files) {
      Path target = tree().resolve(TestData.parquet(set).relativize(file).toString());
      Files.createDirectories(target.getParent());
      Path staged = target.resolveSibling(target.getFileName() + "#1");
      Files.copy(file, staged);
      Files.move(staged, target);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private PayloadType table(Path file) {
    return PayloadType.ofFolder(TestData.parquet(set).relativize(file).getName(0).toString());
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Fails once at one of the first slices of late rows, counted over all attempts. */
  private static final class FailingAtLateRows implements MapFunction<OtapSlice, OtapSlice> {

    private static final long serialVersionUID = 1L;
    private static final Map<String, AtomicInteger> SEEN = new ConcurrentHashMap<>();

    private final String run = UUID.randomUUID().toString();
    private final int failing;

    FailingAtLateRows(Random random) {
      this.failing = random.nextInt(4);
    }

    @Override
    public OtapSlice map(OtapSlice slice) {
      if (slice instanceof LateSlice
          && SEEN.computeIfAbsent(run, r -> new AtomicInteger()).getAndIncrement() == failing) {
        throw new IllegalStateException("failing as asked, at late rows " + failing);
      }
      return slice;
    }
  }
}

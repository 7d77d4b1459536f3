/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceBuilder;
import io.otap.flink.source.OtapSourceOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees of the real exporter become the requests that it was sent, by a job. */
class ReplayITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path temporary;

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void everySetComesBack(String set) throws Exception {
    replay(set, source(set), RuntimeExecutionMode.BATCH, 4, false);
  }

  @ParameterizedTest
  @CsvSource({
    "mixed, BATCH, 1, false",
    "mixed, BATCH, 4, false",
    "mixed, STREAMING, 1, false",
    "mixed, STREAMING, 4, true",
    "two-partitions, STREAMING, 1, true",
    "logs-multi, STREAMING, 4, false"
  })
  void modeAndParallelismDoNotMatter(
      String set, RuntimeExecutionMode mode, int parallelism, boolean checkpoints)
      throws Exception {
    replay(set, small(set), mode, parallelism, checkpoints);
  }

  @ParameterizedTest
  @CsvSource({
    "logs-steady, STREAMING, 1, true",
    "logs-steady, STREAMING, 4, true",
    "mixed, STREAMING, 4, true",
    "mixed, STREAMING, 2, false",
    "mixed, BATCH, 4, false"
  })
  void failuresChangeNothing(
      String set, RuntimeExecutionMode mode, int parallelism, boolean checkpoints)
      throws Exception {
    replay(set, small(set), mode, parallelism, checkpoints, 3, 11, 19, 24);
  }

  @ParameterizedTest
  @CsvSource({"2, 4", "4, 1"})
  void aSavepointGoesOnWithAnotherParallelism(int before, int after) throws Exception {
    FailingOnce<OtapBatch> slow = new FailingOnce<>(100);
    StreamExecutionEnvironment first =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, before, true, 0);
    build(small("mixed"), first, slow);
    JobClient job = first.executeAsync();
    while (slow.seen() < 6) {
      Thread.sleep(5);
    }
    String savepoint = TestJobs.stop(job, temporary.resolve("savepoints"));
    assertThat(visible()).isEmpty();

    FailingOnce<OtapBatch> fast = new FailingOnce<>(0);
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    StreamExecutionEnvironment second =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, after, true, 0);
    second.configure(restore);
    execute(small("mixed"), second, fast);
    assertThat(fast.seen()).isPositive();
    TestJobs.assertResult(
        temporary.resolve("out"), ComparisonProfile.PARQUET, TestData.expected("mixed"));
  }

  @Test
  void aFailedJobLeavesNothingVisible() throws Exception {
    assertThatThrownBy(
            () ->
                execute(
                    small("mixed"),
                    TestJobs.environment(RuntimeExecutionMode.STREAMING, 2, true, 0),
                    new FailingOnce<>(20, 12)))
        .hasStackTraceContaining("failing as asked");
    assertThat(visible()).isEmpty();
  }

  @Test
  void aCorruptFileFailsTheJobWithItsName() throws Exception {
    Path tree = copy(TestData.parquet("logs-small"), temporary.resolve("tree"));
    try (Stream<Path> files = Files.walk(tree.resolve("logs"))) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.seek(4);
        bytes.write(new byte[200]);
      }
      assertThatThrownBy(
              () ->
                  execute(
                      OtapSource.forBatches(TestJobs.flinkPath(tree)),
                      TestJobs.environment(RuntimeExecutionMode.BATCH, 2, false, 0),
                      new FailingOnce<>(0)))
          .hasStackTraceContaining("OtapException")
          .hasStackTraceContaining(file.getFileName().toString());
    }
    assertThat(visible()).isEmpty();
  }

  @Test
  void aFolderThatIsNoTreeFailsTheJob() {
    assertThatThrownBy(
            () ->
                execute(
                    OtapSource.forBatches(TestJobs.flinkPath(TestData.root())),
                    TestJobs.environment(RuntimeExecutionMode.STREAMING, 1, false, 0),
                    new FailingOnce<>(0)))
        .hasStackTraceContaining("has no folder of a table");
  }

  private OtapSourceBuilder<OtapBatch> source(String set) throws IOException {
    List<Signal> signals = new ArrayList<>();
    for (Signal signal : Signal.values()) {
      if (!OtlpFiles.files(TestData.expected(set), signal).isEmpty()) {
        signals.add(signal);
      }
    }
    return OtapSource.forBatches(TestJobs.flinkPath(TestData.parquet(set)))
        .setSignals(signals.toArray(new Signal[0]));
  }

  private OtapSourceBuilder<OtapBatch> small(String set) throws IOException {
    return source(set)
        .setOption(OtapSourceOptions.BATCH_SIZE, 10)
        .setOption(OtapSourceOptions.SPLIT_SIZE, new MemorySize(4_000));
  }

  private void replay(
      String set,
      OtapSourceBuilder<OtapBatch> source,
      RuntimeExecutionMode mode,
      int parallelism,
      boolean checkpoints,
      Integer... failures)
      throws Exception {
    FailingOnce<OtapBatch> between = new FailingOnce<>(failures.length > 0 ? 10 : 0, failures);
    execute(source, TestJobs.environment(mode, parallelism, checkpoints, failures.length), between);
    assertThat(failures).allMatch(failure -> failure < between.seen());
    String[] ignored =
        set.equals("logs-ambiguous")
            ? new String[] {"resource.attributes", "scope.attributes"}
            : new String[0];
    TestJobs.assertResult(
        temporary.resolve("out"), ComparisonProfile.PARQUET, TestData.expected(set), ignored);
  }

  private void execute(
      OtapSourceBuilder<OtapBatch> source,
      StreamExecutionEnvironment env,
      MapFunction<OtapBatch, OtapBatch> between)
      throws Exception {
    build(source, env, between);
    env.execute();
  }

  private void build(
      OtapSourceBuilder<OtapBatch> source,
      StreamExecutionEnvironment env,
      MapFunction<OtapBatch, OtapBatch> between)
      throws IOException {
    OtapSource<OtapBatch> built = source.build();
    env.fromSource(built, WatermarkStrategy.noWatermarks(), "OTAP")
        .uid("source")
        .map(between)
        .returns(built.getProducedType())
        .uid("between")
        .rebalance()
        .sinkTo(OtlpFileSink.to(TestJobs.flinkPath(temporary.resolve("out"))).build())
        .uid("sink");
  }

  private List<String> visible() throws IOException {
    return TestJobs.names(temporary.resolve("out")).stream()
        .filter(name -> !name.startsWith("."))
        .toList();
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
    return to;
  }
}

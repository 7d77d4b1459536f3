/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.source.Assembly;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import io.otap.flink.source.slice.OtapSliceTypeInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever the tables are joined, the requests that were sent come back. */
class AssemblyITCase {

  private static final int PARALLELISM = 4;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(PARALLELISM)
              .build());

  @TempDir Path temporary;

  static Stream<Arguments> jobs() {
    return TestData.sets().stream()
        .flatMap(
            set ->
                Stream.of(Assembly.values())
                    .flatMap(
                        assembly ->
                            Stream.of(1, PARALLELISM)
                                .flatMap(
                                    parallelism ->
                                        Stream.of(
                                                RuntimeExecutionMode.STREAMING,
                                                RuntimeExecutionMode.BATCH)
                                            .map(
                                                mode ->
                                                    Arguments.of(
                                                        set, assembly, parallelism, mode)))));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void everySetComesBack(String set, Assembly assembly, int parallelism, RuntimeExecutionMode mode)
      throws Exception {
    StreamExecutionEnvironment env = TestJobs.environment(mode, parallelism, false, 0);
    Configuration options = options(set);
    options.set(OtapSourceOptions.ASSEMBLY, assembly);
    build(env, options, set, new FailingOnce<>(0));
    env.execute();
    assertResult(set);
  }

  @ParameterizedTest
  @CsvSource({"STREAMING, KEYED", "BATCH, READER", "AUTOMATIC, READER"})
  void theModeOfExecutionDecidesWhereToJoin(RuntimeExecutionMode mode, Assembly expected)
      throws Exception {
    StreamExecutionEnvironment env = TestJobs.environment(mode, 1, false, 0);
    assertThat(OtapStreams.assembly(env, new Configuration())).isEqualTo(expected);
    build(env, options("mixed"), "mixed", new FailingOnce<>(0));
    assertThat(env.getStreamGraph(false).getStreamNodes())
        .extracting(node -> node.getTransformationUID())
        .contains(OtapStreams.SOURCE_UID)
        .filteredOn(OtapStreams.ASSEMBLER_UID::equals)
        .hasSize(expected == Assembly.KEYED ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void savepointsGoOnWithAnotherParallelism(String backend) throws Exception {
    String savepoint = null;
    for (int parallelism : new int[] {1, 4, 2}) {
      // Slow before the assembler: what a savepoint finds behind it is worked off first.
      FailingOnce<OtapSlice> read = new FailingOnce<>(parallelism == 2 ? 0 : 5L * parallelism);
      StreamExecutionEnvironment env =
          TestJobs.environment(RuntimeExecutionMode.STREAMING, parallelism, true, 0);
      Configuration own = new Configuration();
      own.set(StateBackendOptions.STATE_BACKEND, backend);
      if (savepoint != null) {
        own.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
      }
      env.configure(own);
      buildKeyed(env, "mixed", read);
      if (parallelism == 2) {
        env.execute();
      } else {
        JobClient job = env.executeAsync();
        while (read.seen() < 40 && !job.getJobStatus().get().isTerminalState()) {
          Thread.sleep(5);
        }
        savepoint = TestJobs.stop(job, temporary.resolve("savepoints"));
      }
      assertThat(read.seen()).isPositive();
    }
    assertResult("mixed");
  }

  private void build(
      StreamExecutionEnvironment env,
      Configuration options,
      String set,
      FailingOnce<OtapBatch> between)
      throws IOException {
    OtapStreams.batches(env, options, TestJobs.flinkPath(TestData.parquet(set)))
        .map(between)
        .returns(OtapBatchTypeInfo.INSTANCE)
        .uid("between")
        .sinkTo(OtlpFileSink.to(TestJobs.flinkPath(temporary.resolve("out"))).build())
        .uid("sink");
  }

  private void buildKeyed(StreamExecutionEnvironment env, String set, FailingOnce<OtapSlice> read)
      throws IOException {
    OtapSource<OtapSlice> source =
        OtapSource.forSlices(TestJobs.flinkPath(TestData.parquet(set)))
            .setOptions(options(set))
            .build();
    OtapStreams.assemble(
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "slices")
                .uid(OtapStreams.SOURCE_UID)
                .map(read)
                .returns(OtapSliceTypeInfo.INSTANCE)
                .uid("read"))
        .sinkTo(OtlpFileSink.to(TestJobs.flinkPath(temporary.resolve("out"))).build())
        .uid("sink");
  }

  /** Small batches and splits, of the signals whose requests are known. */
  static Configuration options(String set) throws IOException {
    List<String> signals = new ArrayList<>();
    for (Signal signal : Signal.values()) {
      if (!OtlpFiles.files(TestData.expected(set), signal).isEmpty()) {
        signals.add(signal.id());
      }
    }
    Configuration options = new Configuration();
    options.set(OtapSourceOptions.SIGNALS, signals);
    options.set(OtapSourceOptions.BATCH_SIZE, 10);
    options.set(OtapSourceOptions.SPLIT_SIZE, new MemorySize(4_000));
    return options;
  }

  private void assertResult(String set) throws IOException {
    String[] ignored =
        set.equals("logs-ambiguous")
            ? new String[] {"resource.attributes", "scope.attributes"}
            : new String[0];
    TestJobs.assertResult(
        temporary.resolve("out"), ComparisonProfile.PARQUET, TestData.expected(set), ignored);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
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
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.parquet.OtapParquetSink;
import io.otap.flink.sink.parquet.PartitionColumn;
import io.otap.flink.sink.parquet.PartitionPlacement;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rolling sinks in whole jobs: failures, savepoints, other parallelism, metrics. */
class RollingSinksITCase {

  private static final String SET = "mixed";
  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  @TempDir Path temporary;

  /** What is written. */
  private enum Form {
    OTLP,
    PARQUET;

    Sink<OtapBatch> sink(Path folder, RollingPolicy policy) throws IOException {
      var target = TestJobs.flinkPath(folder);
      return this == OTLP
          ? OtlpFileSink.to(target).rolling(policy).setRun("run").build()
          : OtapParquetSink.to(target)
              .setRollingPolicy(policy)
              .setRun("run")
              .setPartitionColumns(PartitionColumn.eventDate())
              .setPartitionPlacement(PartitionPlacement.BEHIND)
              .build();
    }

    OtlpRecords read(Path folder) throws IOException {
      OtlpRecords records = new OtlpRecords(ComparisonProfile.PARQUET);
      if (this == OTLP) {
        return records.addFolder(folder);
      }
      LocalStorage storage = new LocalStorage();
      OtapTree tree = OtapTree.list(storage, folder.toString());
      for (SplitPlan plan :
          SplitPlanner.plan(tree, SplitPlanner.signals(tree), 1 << 20, ReadOptions.DEFAULT)) {
        try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
          for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
            records.add(batch);
          }
        }
      }
      return records;
    }
  }

  @ParameterizedTest
  @CsvSource({"OTLP, false", "OTLP, true", "PARQUET, false", "PARQUET, true"})
  void failuresChangeNothing(Form form, boolean unaligned) throws Exception {
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 4, true, 3);
    if (unaligned) {
      env.getCheckpointConfig().enableUnalignedCheckpoints();
    }
    build(env, form, new FailingOnce<>(10, 7, 19, 26));
    env.execute();
    assertOutput(form);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void withoutCheckpointsFilesAppearAtTheEnd(Form form) throws Exception {
    StreamExecutionEnvironment env = TestJobs.environment(RuntimeExecutionMode.BATCH, 4, false, 0);
    build(env, form, new FailingOnce<>(0));
    env.execute();
    assertOutput(form);
    assertThat(TestJobs.names(temporary.resolve("out"))).noneMatch(name -> name.startsWith("."));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aStoppedJobIsResumedWithAnotherParallelism(Form form) throws Exception {
    String savepoint = null;
    FailingOnce<OtapBatch> read = new FailingOnce<>(60);
    for (int parallelism : new int[] {1, 4, 2}) {
      StreamExecutionEnvironment env =
          TestJobs.environment(RuntimeExecutionMode.STREAMING, parallelism, true, 0);
      if (savepoint != null) {
        Configuration from = new Configuration();
        from.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        env.configure(from);
      }
      build(env, form, read);
      if (parallelism == 2) {
        env.execute();
      } else {
        JobClient job = env.executeAsync();
        int enough = read.seen() + 6;
        while (read.seen() < enough && !job.getJobStatus().get().isTerminalState()) {
          Thread.sleep(5);
        }
        savepoint = TestJobs.stop(job, temporary.resolve("savepoints"));
      }
    }
    assertOutput(form);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void recordsAndBytesAreCounted(Form form) throws Exception {
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 2, true, 0);
    build(env, form, new FailingOnce<>(0));
    JobID job = env.execute().getJobID();
    long records = 0;
    for (Signal signal : Signal.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected(SET), signal)) {
        for (OtapBatch batch : OtlpFiles.decode(request)) {
          records += batch.rows();
        }
      }
    }
    assertThat(records).isPositive();
    assertThat(sum(job, "numRecordsSend")).isEqualTo(records);
    long bytes = 0;
    try (var files = Files.walk(temporary.resolve("out"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(sum(job, "numBytesSend")).isEqualTo(bytes);
  }

  private static long sum(JobID job, String name) {
    return REPORTER.findMetrics(job, ".*\\.sink: Writer\\.\\d+\\." + name + "$").values().stream()
        .mapToLong(metric -> ((Counter) metric).getCount())
        .sum();
  }

  private void build(StreamExecutionEnvironment env, Form form, FailingOnce<OtapBatch> between)
      throws IOException {
    RollingPolicy policy = new RollingPolicy(1 << 16, Duration.ofMillis(90), Duration.ofMillis(60));
    int count = 0;
    for (Signal signal : Signal.values()) {
      count += OtlpFiles.read(TestData.expected(SET), signal).size();
    }
    env.fromSequence(0, count - 1)
        .uid("numbers")
        .flatMap(new RequestReader(TestData.expected(SET).toAbsolutePath().toString()))
        .returns(OtapBatchTypeInfo.INSTANCE)
        .uid("requests")
        .map(between)
        .returns(OtapBatchTypeInfo.INSTANCE)
        .uid("between")
        .rebalance()
        .sinkTo(form.sink(temporary.resolve("out"), policy))
        .name("sink")
        .uid("sink");
  }

  private void assertOutput(Form form) throws IOException {
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(SET)),
            form.read(temporary.resolve("out")));
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  /** Gives the batches of the recorded requests, by number. */
  private static final class RequestReader implements FlatMapFunction<Long, OtapBatch> {

    private static final long serialVersionUID = 1L;

    private final String folder;
    private transient List<List<OtapBatch>> requests;

    RequestReader(String folder) {
      this.folder = folder;
    }

    @Override
    public void flatMap(Long number, Collector<OtapBatch> out) throws IOException {
      if (requests == null) {
        requests = new ArrayList<>();
        for (Signal signal : Signal.values()) {
          for (MessageLite request : OtlpFiles.read(Path.of(folder), signal)) {
            requests.add(OtlpFiles.decode(request));
          }
        }
      }
      requests.get(number.intValue()).forEach(out::collect);
    }
  }
}

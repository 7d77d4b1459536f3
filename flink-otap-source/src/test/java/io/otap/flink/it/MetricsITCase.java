/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.OtapTree;
import io.otap.core.storage.LocalStorage;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.sink.metrics.SinkMetric;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceOptions;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.metrics.MetricLabel;
import io.otap.flink.source.metrics.SourceMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Metrics count records of telemetry, not batches. */
class MetricsITCase {

  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
              .build());

  @TempDir Path temporary;

  @Test
  void recordsAndBytesAreCounted() throws Exception {
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 2, true, 0);
    env.fromSource(
            OtapSource.forBatches(TestJobs.flinkPath(TestData.parquet("logs-steady")))
                .setOption(OtapSourceOptions.BATCH_SIZE, 10)
                .build(),
            WatermarkStrategy.noWatermarks(),
            "OTAP")
        .sinkTo(OtlpFileSink.to(TestJobs.flinkPath(temporary)).build())
        .name("files");
    JobID job = env.execute().getJobID();

    long records =
        new OtlpRecords(ComparisonProfile.PARQUET)
            .addFolder(TestData.expected("logs-steady"))
            .count(Signal.LOGS);
    assertThat(sum(job, "Source: OTAP", "numRecordsIn")).isEqualTo(records);
    assertThat(sum(job, "Source: OTAP", "numBytesIn")).isPositive();
    assertThat(sum(job, "files: Writer", "numRecordsSend")).isEqualTo(records);
    assertThat(sum(job, "files: Writer", "numBytesSend"))
        .isEqualTo(Files.size(temporary.resolve("logs.binpb")));
    assertThat(sum(job, "Source: OTAP", "table\\.logs\\.rows")).isEqualTo(records);
    long files =
        OtapTree.list(new LocalStorage(), TestData.parquet("logs-steady").toString())
            .files()
            .stream()
            .filter(file -> file.table().isRoot())
            .count();
    assertThat(sum(job, "Source: OTAP", "finishedSplits")).isEqualTo(files);
    assertThat(REPORTER.findMetrics(job, ".*unassignedSplits").values())
        .singleElement()
        .satisfies(gauge -> assertThat(((Gauge<?>) gauge).getValue()).isEqualTo(0L));
  }

  @Test
  void everyMetricThatIsDescribedIsThere() throws Exception {
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 2, true, 0);
    Configuration options =
        Configuration.fromMap(
            Map.of(
                "source.continuous", "true",
                "source.discovery-interval", "50 ms",
                "source.late-children-timeout", "0 s",
                "source.batch-size", "10"));
    DataStream<OtapBatch> batches =
        OtapStreams.batches(env, options, TestJobs.flinkPath(TestData.parquet("mixed")));
    OtapStreams.records(batches)
        .sinkTo(
            OtlpFileSink.to(TestJobs.flinkPath(temporary))
                .rolling(RollingPolicy.EVERY_CHECKPOINT)
                .build())
        .name("files");
    JobClient client = env.executeAsync();
    try {
      assertAllMetricsAreThere(client.getJobID());
    } finally {
      client.cancel().get();
    }
  }

  private static void assertAllMetricsAreThere(JobID job) throws IOException {
    List<DataFile> files =
        OtapTree.list(new LocalStorage(), TestData.parquet("mixed").toString()).files();
    long records = files.stream().filter(f -> f.table().isRoot()).mapToLong(DataFile::rows).sum();
    await(() -> value(job, SourceMetric.NUM_RECORDS_IN, null) == records);
    await(() -> value(job, "files: Writer", "numRecordsSend") == records);
    await(() -> value(job, "files: Committer", "successfulCommittables") > 0);
    await(() -> value(job, SourceMetric.RUNNING_SPLITS, null) == 0);

    for (SourceMetric metric : SourceMetric.values()) {
      for (String label :
          metric.label().map(MetricLabel::range).orElse(Arrays.asList((String) null))) {
        assertThat(value(job, metric, label))
            .as("%s %s", metric, label)
            .isBetween(metric.unit().equals("ms") ? -2L : 0L, Long.MAX_VALUE / 2);
      }
    }
    for (SinkMetric metric : SinkMetric.values()) {
      if (metric.scope() != SinkMetric.Scope.GRPC_WRITER) {
        String operator =
            metric.scope() == SinkMetric.Scope.WRITER ? "files: Writer" : "files: Committer";
        assertThat(value(job, operator, metric.key())).as("%s", metric).isNotNegative();
      }
    }
    for (Signal signal : Signal.values()) {
      assertThat(value(job, SourceMetric.TABLE_ROWS, signal.root().folder()))
          .isEqualTo(rows(files, signal.root()));
    }
    for (SourceMetric metric : List.of(SourceMetric.RESOURCE_ROWS, SourceMetric.SCOPE_ROWS)) {
      assertThat(sumOfLabels(job, metric)).isEqualTo(records);
    }
    assertThat(sumOfLabels(job, SourceMetric.TABLE_BYTES)).isPositive();
    assertThat(sumOfLabels(job, SourceMetric.READER_ERRORS)).isZero();
    assertThat(sumOfLabels(job, SourceMetric.ENUMERATOR_ERRORS)).isZero();
    assertThat(value(job, SourceMetric.FETCH_LAG, null)).isPositive();
    assertThat(value(job, SourceMetric.EMIT_LAG, null)).isPositive();
    assertThat(value(job, SourceMetric.DISCOVERY_LAG, null)).isLessThan(120_000);
    assertThat(value(job, SourceMetric.PENDING_RECORDS, null)).isZero();
    assertThat(value(job, SourceMetric.PENDING_BYTES, null)).isZero();
    assertThat(value(job, SourceMetric.PARTITIONS, null)).isEqualTo(1);
    assertThat(value(job, SourceMetric.FILES, null)).isEqualTo(files.size());
    assertThat(value(job, SourceMetric.FINISHED_SPLITS, null))
        .isEqualTo(value(job, SourceMetric.RELEASED_ROOT_FILES, null));
  }

  private static long rows(List<DataFile> files, PayloadType table) {
    return files.stream().filter(f -> f.table() == table).mapToLong(DataFile::rows).sum();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("two minutes").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static long sumOfLabels(JobID job, SourceMetric metric) {
    return metric.label().orElseThrow().range().stream()
        .mapToLong(label -> value(job, metric, label))
        .sum();
  }

  private static long value(JobID job, SourceMetric metric, String label) {
    String operator =
        switch (metric.scope()) {
          case READER -> "Source: Read OTAP";
          case JOIN, ASSEMBLER -> "Assemble batches";
          case RECORDS -> "Split into records";
          case ENUMERATOR, FOLLOWER -> "Source: Read OTAP.coordinator.enumerator";
        };
    return value(
        job,
        operator,
        label == null
            ? metric.key()
            : metric.label().orElseThrow().key() + "\\." + label + "\\." + metric.key());
  }

  /** The sum over subtasks, tasks as a whole left out; the smallest number if there is none. */
  private static long value(JobID job, String operator, String name) {
    Pattern pattern = Pattern.compile(".*\\." + operator + "\\.(\\d+\\.)?" + name);
    return registered().entrySet().stream()
        .filter(group -> !(group.getKey() instanceof TaskMetricGroup))
        .filter(group -> job.toString().equals(group.getKey().getAllVariables().get("<job_id>")))
        .flatMap(
            group ->
                group.getValue().entrySet().stream()
                    .filter(
                        metric ->
                            pattern
                                .matcher(group.getKey().getMetricIdentifier(metric.getKey()))
                                .matches()))
        .map(Map.Entry::getValue)
        .mapToLong(
            metric ->
                metric instanceof Counter counter
                    ? counter.getCount()
                    : ((Number) ((Gauge<?>) metric).getValue()).longValue())
        .reduce(Long::sum)
        .orElse(Long.MIN_VALUE);
  }

  /**
   * Groups go on registering while a job runs: only a copy under the reporter's lock holds still.
   */
  private static Map<MetricGroup, Map<String, Metric>> registered() {
    synchronized (REPORTER) {
      return REPORTER.getMetricsByGroup().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, group -> Map.copyOf(group.getValue())));
    }
  }

  private static long sum(JobID job, String operator, String name) {
    return REPORTER
        .findMetrics(job, ".*\\." + operator + "\\.\\d+\\." + name + "$")
        .values()
        .stream()
        .mapToLong(metric -> ((Counter) metric).getCount())
        .sum();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpRecords;
import io.otap.flink.sink.file.OtlpFileSink;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapSourceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
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
    assertThat(REPORTER.findMetrics(job, ".*unassignedSplits").values())
        .singleElement()
        .satisfies(gauge -> assertThat(((Gauge<?>) gauge).getValue()).isEqualTo(0L));
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

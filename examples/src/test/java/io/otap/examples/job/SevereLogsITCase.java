/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.TestData;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.flink.sink.file.OtlpFileSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts and logs of the example job are those of the requests that were sent. */
class SevereLogsITCase {

  private static final int ERROR = 17;
  private static final Duration WINDOW = Duration.ofMillis(50);

  @TempDir private Path out;

  @ParameterizedTest
  @ValueSource(strings = {"logs-multi", "logs-file-per-batch"})
  void countsAndWritesTheSevereOnes(String set) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            2, new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    env.enableCheckpointing(100);
    SevereLogs logs =
        SevereLogs.of(
            env,
            new Configuration(),
            new org.apache.flink.core.fs.Path(TestData.parquet(set).toUri()),
            ERROR,
            WINDOW);
    logs.severe().sinkTo(OtlpFileSink.to(new org.apache.flink.core.fs.Path(out.toUri())).build());
    Map<ServiceCount, Integer> counted = new HashMap<>();
    Map<String, Long> totals = new HashMap<>();
    try (CloseableIterator<ServiceCount> counts = logs.counts().executeAndCollect()) {
      counts.forEachRemaining(
          count -> {
            totals.merge(count.service(), count.count(), Long::sum);
            counted.merge(count, 1, Integer::sum);
          });
    }
    Sent sent = new Sent();
    OtlpFiles.read(TestData.expected(set), Signal.LOGS)
        .forEach(request -> sent.add((ExportLogsServiceRequest) request));
    assertThat(totals).isEqualTo(sent.totals);
    counted.keySet().removeIf(count -> sent.untimed.contains(count.service()));
    assertThat(counted).hasSizeGreaterThan(5).isEqualTo(sent.expected());
    OtlpComparison comparison =
        OtlpComparison.of(sent.records, new OtlpRecords(ComparisonProfile.PARQUET).addFolder(out));
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  /** What was sent, filtered and counted in the plain way. */
  private static final class Sent {

    final OtlpRecords records = new OtlpRecords(ComparisonProfile.PARQUET);
    final Map<ServiceCount, Long> counts = new HashMap<>();
    final Map<String, Long> totals = new HashMap<>();

    /** Services with logs that have no time: these count where their batch does. */
    final Set<String> untimed = new HashSet<>();

    void add(ExportLogsServiceRequest request) {
      ExportLogsServiceRequest.Builder severe = ExportLogsServiceRequest.newBuilder();
      for (ResourceLogs resource : request.getResourceLogsList()) {
        String service =
            resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("");
        ResourceLogs.Builder ofResource = resource.toBuilder().clearScopeLogs();
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          ScopeLogs.Builder ofScope = scope.toBuilder().clearLogRecords();
          for (LogRecord log : scope.getLogRecordsList()) {
            if (log.getSeverityNumberValue() >= ERROR) {
              ofScope.addLogRecords(log);
              count(service, log);
            }
          }
          ofResource.addScopeLogs(ofScope);
        }
        severe.addResourceLogs(ofResource);
      }
      records.add(severe.build());
    }

    private void count(String service, LogRecord log) {
      long nanos =
          log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano();
      totals.merge(service, 1L, Long::sum);
      if (nanos == 0) {
        untimed.add(service);
      }
      long millis = nanos / 1_000_000;
      counts.merge(
          new ServiceCount(service, millis - millis % WINDOW.toMillis(), 0), 1L, Long::sum);
    }

    Map<ServiceCount, Integer> expected() {
      Map<ServiceCount, Integer> expected = new HashMap<>();
      counts.keySet().removeIf(window -> untimed.contains(window.service()));
      counts.forEach(
          (window, count) ->
              expected.put(new ServiceCount(window.service(), window.windowStart(), count), 1));
      return expected;
    }
  }
}

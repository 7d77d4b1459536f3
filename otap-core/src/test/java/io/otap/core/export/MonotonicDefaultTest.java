/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.otlp.OtlpRequests;
import io.otap.core.scan.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sums are where a file does not say is the user's choice; where it says, it counts. */
class MonotonicDefaultTest {

  @TempDir Path tree;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sumsOfTodaysExporterHaveTheDefault(boolean monotonic) throws IOException {
    EngineExporter exporter = new EngineExporter(tree, new Random(1), 100, false);
    exporter.export(request());
    exporter.finish();
    List<Metric> metrics = read(monotonic);
    assertThat(metrics).hasSize(3);
    for (Metric metric : metrics) {
      assertThat(metric.getSum().getIsMonotonic()).isEqualTo(monotonic && metric.hasSum());
    }
  }

  @Test
  void whatAFileSaysCounts() throws IOException {
    try (OtapParquetWriter writer =
        new OtapParquetWriter(new LocalTarget(tree), ExportOptions.DEFAULT)) {
      writer.write(Worlds.decode(request()).get(0));
      writer.roll();
    }
    for (Metric metric : read(true)) {
      assertThat(metric.getSum().getIsMonotonic()).isEqualTo(metric.getName().equals("rising"));
    }
  }

  private List<Metric> read(boolean monotonic) throws IOException {
    ReadOptions options =
        new ReadOptions(100, 1 << 20, RecoveryPolicy.LIKELY, true, 1 << 20, monotonic);
    List<Metric> metrics = new ArrayList<>();
    for (OtapBatch batch : Worlds.replay(tree, 1 << 20, options)) {
      for (ResourceMetrics resource : OtlpRequests.metrics(batch).getResourceMetricsList()) {
        resource.getScopeMetricsList().forEach(s -> metrics.addAll(s.getMetricsList()));
      }
    }
    return metrics;
  }

  private static ExportMetricsServiceRequest request() {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder()
                                .setName("rising")
                                .setSum(Sum.newBuilder().setIsMonotonic(true)))
                        .addMetrics(Metric.newBuilder().setName("moving").setSum(Sum.newBuilder()))
                        .addMetrics(
                            Metric.newBuilder().setName("level").setGauge(Gauge.newBuilder()))))
        .build();
  }
}

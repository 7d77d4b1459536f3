/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exemplars of 0 where the exporter fills are counted over all tables and files of a split. */
class UndecidableExemplarsTest {

  private static final Storage STORAGE = new LocalStorage();
  private static final Exemplar NONE = Exemplar.newBuilder().setTimeUnixNano(1).build();
  private static final Exemplar FIVE = NONE.toBuilder().setAsInt(5).build();
  private static final Exemplar HALF = NONE.toBuilder().setAsDouble(0.5).build();

  @TempDir Path tree;

  @Test
  void areSummedOverTables() throws IOException {
    export(
        request(List.of(NONE, NONE), List.of(NONE)), request(List.of(FIVE, NONE), List.of(FIVE)));
    assertThat(undecidable()).isEqualTo(4);
  }

  @Test
  void areNoneWhereDoublesTell() throws IOException {
    export(request(List.of(HALF, HALF), List.of(HALF)));
    assertThat(undecidable()).isZero();
  }

  private void export(ExportMetricsServiceRequest... requests) throws IOException {
    EngineExporter exporter = new EngineExporter(tree, new Random(1), 1000, false);
    for (ExportMetricsServiceRequest request : requests) {
      exporter.export(request);
    }
    exporter.finish();
  }

  private long undecidable() throws IOException {
    ReadOptions options = new ReadOptions(100, 1 << 20, RecoveryPolicy.LIKELY, true, 1 << 20);
    OtapTree listed = OtapTree.list(STORAGE, tree.toString());
    long sum = 0;
    for (SplitPlan plan :
        SplitPlanner.plan(listed, SplitPlanner.signals(listed), 1 << 20, options)) {
      try (SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0)) {
        while (reader.next() != null) {
          assertThat(reader.position()).isPositive();
        }
        sum += reader.undecidableExemplars();
      }
    }
    return sum;
  }

  private static ExportMetricsServiceRequest request(
      List<Exemplar> numbers, List<Exemplar> histograms) {
    NumberDataPoint number =
        NumberDataPoint.newBuilder().setAsInt(1).addAllExemplars(numbers).build();
    HistogramDataPoint histogram =
        HistogramDataPoint.newBuilder().setCount(1).addAllExemplars(histograms).build();
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder().setGauge(Gauge.newBuilder().addDataPoints(number)))
                        .addMetrics(
                            Metric.newBuilder()
                                .setHistogram(Histogram.newBuilder().addDataPoints(histogram)))))
        .build();
  }
}

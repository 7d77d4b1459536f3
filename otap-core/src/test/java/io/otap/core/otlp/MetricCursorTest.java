/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.otap.core.batch.MetricCursor;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.MetricType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cursor shows what was in the request. */
class MetricCursorTest {

  private final Set<MetricType> seen = EnumSet.noneOf(MetricType.class);

  @Test
  void showsRandomRequestsAsTheyAre() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      check(new RandomRequests(seed).metrics());
    }
    assertThat(seen).isEqualTo(EnumSet.allOf(MetricType.class));
  }

  /** Equal resources and scopes come together, so that the order of the metrics is another. */
  @Test
  void showsRegroupedRequestsAsTheyAre() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      for (OtapBatch batch : OtlpDecoder.decode(new RandomRequests(seed).metrics())) {
        check(OtlpRequests.metrics(batch));
      }
    }
  }

  @Test
  void refusesOtherSignals() {
    OtapBatch logs = new OtapBatch(Signal.LOGS, List.of(), Origin.NONE, null, null);
    assertThatThrownBy(() -> MetricCursor.of(logs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logs");
  }

  private void check(ExportMetricsServiceRequest request) throws IOException {
    List<OtapBatch> batches = OtlpDecoder.decode(request);
    assertThat(batches).hasSizeLessThanOrEqualTo(1);
    for (OtapBatch batch : batches) {
      check(MetricCursor.of(batch), request);
    }
  }

  private void check(MetricCursor cursor, ExportMetricsServiceRequest request) {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          assertThat(cursor.next()).isTrue();
          check(cursor, metric);
          CursorChecks.resource(cursor, resource.getResource(), resource.getSchemaUrl());
          CursorChecks.scope(cursor, scope.getScope(), scope.getSchemaUrl());
        }
      }
    }
    assertThat(cursor.next()).isFalse();
  }

  private void check(MetricCursor cursor, Metric metric) {
    assertThat(cursor.name()).isEqualTo(metric.getName());
    assertThat(cursor.description()).isEqualTo(metric.getDescription());
    assertThat(cursor.unit()).isEqualTo(metric.getUnit());
    assertThat(cursor.type()).isEqualTo(type(metric));
    assertThat(cursor.aggregationTemporality()).isEqualTo(temporality(metric));
    assertThat(cursor.isMonotonic()).isEqualTo(metric.getSum().getIsMonotonic());
    CursorChecks.attributes(cursor.metadata(), metric.getMetadataList());
    PointChecks.numbers(
        cursor.numberPoints(),
        metric.hasSum()
            ? metric.getSum().getDataPointsList()
            : metric.getGauge().getDataPointsList());
    PointChecks.histograms(cursor.histogramPoints(), metric.getHistogram().getDataPointsList());
    PointChecks.expHistograms(
        cursor.expHistogramPoints(), metric.getExponentialHistogram().getDataPointsList());
    PointChecks.summaries(cursor.summaryPoints(), metric.getSummary().getDataPointsList());
    seen.add(cursor.type());
  }

  private static MetricType type(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> MetricType.GAUGE;
      case SUM -> MetricType.SUM;
      case HISTOGRAM -> MetricType.HISTOGRAM;
      case EXPONENTIAL_HISTOGRAM -> MetricType.EXP_HISTOGRAM;
      case SUMMARY -> MetricType.SUMMARY;
      case DATA_NOT_SET -> MetricType.EMPTY;
    };
  }

  private static int temporality(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> metric.getSum().getAggregationTemporalityValue();
      case HISTOGRAM -> metric.getHistogram().getAggregationTemporalityValue();
      case EXPONENTIAL_HISTOGRAM ->
          metric.getExponentialHistogram().getAggregationTemporalityValue();
      default -> 0;
    };
  }
}

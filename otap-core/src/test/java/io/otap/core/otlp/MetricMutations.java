/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static io.otap.core.otlp.OtlpMutations.pick;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpMutations.Mutation;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Damages to metrics. */
final class MetricMutations {

  private MetricMutations() {}

  static List<Mutation<ExportMetricsServiceRequest.Builder>> all() {
    return List.of(
        onMetric(
            "metric-point-value",
            m -> m.getGauge().getDataPointsCount() > 0,
            m -> {
              NumberDataPoint.Builder point = m.getGaugeBuilder().getDataPointsBuilder(0);
              point.setAsInt(point.hasAsInt() ? point.getAsInt() + 1 : 1);
            }),
        onMetric(
            "metric-exemplar-lost",
            m -> m.getSum().getDataPointsList().stream().anyMatch(p -> p.getExemplarsCount() > 0),
            m ->
                m.getSumBuilder().getDataPointsBuilderList().stream()
                    .filter(p -> p.getExemplarsCount() > 0)
                    .findFirst()
                    .ifPresent(p -> p.removeExemplars(0))),
        onMetric(
            "metric-bucket-count",
            m ->
                m.getHistogram().getDataPointsCount() > 0
                    && m.getHistogram().getDataPoints(0).getBucketCountsCount() > 0,
            m -> {
              HistogramDataPoint.Builder point = m.getHistogramBuilder().getDataPointsBuilder(0);
              point.setBucketCounts(0, point.getBucketCounts(0) + 1);
            }));
  }

  private static Mutation<ExportMetricsServiceRequest.Builder> onMetric(
      String name, Predicate<Metric.Builder> condition, Consumer<Metric.Builder> change) {
    return new Mutation<>(
        name,
        Signal.METRICS,
        (requests, random) -> change.accept(pick(metrics(requests), random, condition)));
  }

  private static List<Metric.Builder> metrics(List<ExportMetricsServiceRequest.Builder> requests) {
    return requests.stream()
        .flatMap(r -> r.getResourceMetricsBuilderList().stream())
        .flatMap(r -> r.getScopeMetricsBuilderList().stream())
        .flatMap(s -> s.getMetricsBuilderList().stream())
        .toList();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.Locale;

/** Metrics as text. */
final class MetricText {

  private MetricText() {}

  static void normal(ExportMetricsServiceRequest request, Lines lines) {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      String service = Heading.service(resource.getResource());
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          lines.line(
              0,
              String.format(
                      "%-14s %5d points  %s  %s %s",
                      kind(metric),
                      points(metric),
                      service,
                      ValueText.plain(metric.getName()),
                      ValueText.plain(metric.getUnit()))
                  .stripTrailing());
        }
      }
    }
  }

  static void detailed(ExportMetricsServiceRequest request, Lines lines) {
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      Heading.resource(lines, resource.getResource(), resource.getSchemaUrl());
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        Heading.scope(lines, scope.getScope(), scope.getSchemaUrl());
        scope.getMetricsList().forEach(metric -> detailed(metric, lines));
      }
    }
  }

  private static void detailed(Metric metric, Lines lines) {
    lines.line(2, "Metric " + ValueText.plain(metric.getName()));
    lines.line(3, "kind: " + kind(metric));
    lines.field(3, "description", ValueText.plain(metric.getDescription()));
    lines.field(3, "unit", ValueText.plain(metric.getUnit()));
    ValueText.attributes(lines, 3, metric.getMetadataList());
    switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsList().forEach(p -> PointText.of(p, lines));
      case SUM -> {
        temporality(metric.getSum().getAggregationTemporality(), lines);
        lines.line(3, "monotonic: " + metric.getSum().getIsMonotonic());
        metric.getSum().getDataPointsList().forEach(p -> PointText.of(p, lines));
      }
      case HISTOGRAM -> {
        temporality(metric.getHistogram().getAggregationTemporality(), lines);
        metric.getHistogram().getDataPointsList().forEach(p -> PointText.of(p, lines));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        temporality(metric.getExponentialHistogram().getAggregationTemporality(), lines);
        metric.getExponentialHistogram().getDataPointsList().forEach(p -> PointText.of(p, lines));
      }
      case SUMMARY -> metric.getSummary().getDataPointsList().forEach(p -> PointText.of(p, lines));
      default -> {
        // a metric without data
      }
    }
  }

  private static void temporality(AggregationTemporality temporality, Lines lines) {
    if (temporality != AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED
        && temporality != AggregationTemporality.UNRECOGNIZED) {
      lines.line(
          3,
          "temporality: "
              + temporality
                  .name()
                  .substring("AGGREGATION_TEMPORALITY_".length())
                  .toLowerCase(Locale.ROOT));
    }
  }

  private static String kind(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> "gauge";
      case SUM -> "sum";
      case HISTOGRAM -> "histogram";
      case EXPONENTIAL_HISTOGRAM -> "exp-histogram";
      case SUMMARY -> "summary";
      default -> "no data";
    };
  }

  private static int points(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsCount();
      case SUM -> metric.getSum().getDataPointsCount();
      case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
      case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
      case SUMMARY -> metric.getSummary().getDataPointsCount();
      default -> 0;
    };
  }
}

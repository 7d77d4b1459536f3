/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static io.otap.core.otlp.CanonicalText.attributes;
import static io.otap.core.otlp.CanonicalText.bytes;
import static io.otap.core.otlp.CanonicalText.float64;
import static io.otap.core.otlp.CanonicalText.joined;
import static io.otap.core.otlp.CanonicalText.json;
import static io.otap.core.otlp.CanonicalText.jsonArray;
import static io.otap.core.otlp.CanonicalText.sorted;
import static io.otap.core.otlp.CanonicalText.unsigned;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Takes a metric apart into its data points. */
final class MetricFlattener {

  private final boolean exact;
  private final boolean literal;

  MetricFlattener(boolean exact, boolean literal) {
    this.exact = exact;
    this.literal = literal;
  }

  void flatten(Metric metric, Consumer<Map<String, String>> out) {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("metric.name", metric.getName());
    head.put("metric.description", metric.getDescription());
    head.put("metric.unit", metric.getUnit());
    head.put("metric.metadata", attributes(metric.getMetadataList()));
    Points points = new Points(head, out);
    switch (metric.getDataCase()) {
      case GAUGE -> {
        head.put("metric.kind", "gauge");
        metric.getGauge().getDataPointsList().forEach(p -> number(points, p));
      }
      case SUM -> {
        head.put("metric.kind", "sum");
        temporality(head, metric.getSum().getAggregationTemporalityValue());
        if (exact) {
          head.put("metric.is_monotonic", metric.getSum().getIsMonotonic() ? "True" : "False");
        }
        metric.getSum().getDataPointsList().forEach(p -> number(points, p));
      }
      case HISTOGRAM -> {
        head.put("metric.kind", "histogram");
        temporality(head, metric.getHistogram().getAggregationTemporalityValue());
        metric.getHistogram().getDataPointsList().forEach(p -> histogram(points, p));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        head.put("metric.kind", "exponential_histogram");
        temporality(head, metric.getExponentialHistogram().getAggregationTemporalityValue());
        metric.getExponentialHistogram().getDataPointsList().forEach(p -> expHistogram(points, p));
      }
      case SUMMARY -> {
        head.put("metric.kind", "summary");
        metric.getSummary().getDataPointsList().forEach(p -> summary(points, p));
      }
      default -> head.put("metric.kind", "no data");
    }
    points.finish();
  }

  /** The points of a metric; a metric without points is a record too. */
  private record Points(
      Map<String, String> head, Consumer<Map<String, String>> out, boolean[] any) {

    Points(Map<String, String> head, Consumer<Map<String, String>> out) {
      this(head, out, new boolean[1]);
    }

    Map<String, String> start(List<KeyValue> attributes, long startTime, long time, int flags) {
      any[0] = true;
      Map<String, String> point = new LinkedHashMap<>(head);
      point.put("point", "present");
      point.put("attributes", attributes(attributes));
      point.put("start_time_unix_nano", unsigned(startTime));
      point.put("time_unix_nano", unsigned(time));
      point.put("flags", unsigned(flags));
      return point;
    }

    void finish() {
      if (!any[0]) {
        Map<String, String> none = new LinkedHashMap<>(head);
        none.put("point", "none");
        out.accept(none);
      }
    }
  }

  private static void temporality(Map<String, String> head, int value) {
    head.put("metric.aggregation_temporality", Integer.toString(value));
  }

  private void number(Points points, NumberDataPoint p) {
    Map<String, String> out =
        points.start(
            p.getAttributesList(), p.getStartTimeUnixNano(), p.getTimeUnixNano(), p.getFlags());
    out.put(
        "value",
        switch (p.getValueCase()) {
          case AS_INT -> "i" + p.getAsInt();
          case AS_DOUBLE -> "d" + float64(p.getAsDouble());
          case VALUE_NOT_SET -> "absent";
        });
    out.put("exemplars", sorted(p.getExemplarsList(), this::exemplar));
    points.out().accept(out);
  }

  private void histogram(Points points, HistogramDataPoint p) {
    Map<String, String> out =
        points.start(
            p.getAttributesList(), p.getStartTimeUnixNano(), p.getTimeUnixNano(), p.getFlags());
    out.put("count", unsigned(p.getCount()));
    out.put("sum", optional(p.hasSum(), p.getSum()));
    out.put("min", optional(p.hasMin(), p.getMin()));
    out.put("max", optional(p.hasMax(), p.getMax()));
    out.put("bucket_counts", joined(p.getBucketCountsList(), CanonicalText::unsigned));
    out.put("explicit_bounds", joined(p.getExplicitBoundsList(), CanonicalText::float64));
    out.put("exemplars", sorted(p.getExemplarsList(), this::exemplar));
    points.out().accept(out);
  }

  private void expHistogram(Points points, ExponentialHistogramDataPoint p) {
    Map<String, String> out =
        points.start(
            p.getAttributesList(), p.getStartTimeUnixNano(), p.getTimeUnixNano(), p.getFlags());
    out.put("count", unsigned(p.getCount()));
    out.put("sum", optional(p.hasSum(), p.getSum()));
    out.put("min", optional(p.hasMin(), p.getMin()));
    out.put("max", optional(p.hasMax(), p.getMax()));
    out.put("scale", Integer.toString(p.getScale()));
    out.put("zero_count", unsigned(p.getZeroCount()));
    out.put("positive.offset", Integer.toString(p.getPositive().getOffset()));
    out.put(
        "positive.bucket_counts",
        joined(p.getPositive().getBucketCountsList(), CanonicalText::unsigned));
    out.put("negative.offset", Integer.toString(p.getNegative().getOffset()));
    out.put(
        "negative.bucket_counts",
        joined(p.getNegative().getBucketCountsList(), CanonicalText::unsigned));
    out.put("exemplars", sorted(p.getExemplarsList(), this::exemplar));
    if (exact) {
      out.put("zero_threshold", float64(p.getZeroThreshold()));
    }
    points.out().accept(out);
  }

  private void summary(Points points, SummaryDataPoint p) {
    Map<String, String> out =
        points.start(
            p.getAttributesList(), p.getStartTimeUnixNano(), p.getTimeUnixNano(), p.getFlags());
    out.put("count", unsigned(p.getCount()));
    out.put("sum", float64(p.getSum()));
    out.put(
        "quantile_values",
        sorted(
            p.getQuantileValuesList(),
            q -> float64(q.getQuantile()) + "=" + float64(q.getValue())));
    points.out().accept(out);
  }

  private static String optional(boolean present, double value) {
    return present ? float64(value) : "absent";
  }

  private String exemplar(Exemplar e) {
    return jsonArray(
        json(unsigned(e.getTimeUnixNano())),
        json(
            switch (e.getValueCase()) {
              case AS_INT -> "i" + e.getAsInt();
              case AS_DOUBLE -> "d" + float64(e.getAsDouble());
              case VALUE_NOT_SET -> "absent";
            }),
        json(exemplarId(e.getTraceId())),
        json(exemplarId(e.getSpanId())),
        json(attributes(e.getFilteredAttributesList())));
  }

  private String exemplarId(ByteString id) {
    if (!literal && OtlpFlattener.isZero(id)) {
      return "";
    }
    return bytes(id);
  }
}

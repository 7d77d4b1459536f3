/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Metrics of all kinds, with and without points. */
final class RandomMetrics {

  private final Random random;
  private final RandomValues values;

  RandomMetrics(Random random, RandomValues values) {
    this.random = random;
    this.values = values;
  }

  Metric metric() {
    Metric.Builder metric =
        Metric.newBuilder()
            .setName(values.text())
            .setDescription(values.text())
            .setUnit(values.text())
            .addAllMetadata(values.attributes());
    int temporality = random.nextInt(3);
    switch (random.nextInt(6)) {
      case 0 -> metric.setGauge(Gauge.newBuilder().addAllDataPoints(some(this::number)));
      case 1 ->
          metric.setSum(
              Sum.newBuilder()
                  .setAggregationTemporalityValue(temporality)
                  .setIsMonotonic(random.nextBoolean())
                  .addAllDataPoints(some(this::number)));
      case 2 ->
          metric.setHistogram(
              Histogram.newBuilder()
                  .setAggregationTemporalityValue(temporality)
                  .addAllDataPoints(some(this::histogram)));
      case 3 ->
          metric.setExponentialHistogram(
              ExponentialHistogram.newBuilder()
                  .setAggregationTemporalityValue(temporality)
                  .addAllDataPoints(some(this::expHistogram)));
      case 4 -> metric.setSummary(Summary.newBuilder().addAllDataPoints(some(this::summary)));
      default -> {}
    }
    return metric.build();
  }

  private <T> List<T> some(Supplier<T> element) {
    List<T> out = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      out.add(element.get());
    }
    return out;
  }

  private NumberDataPoint number() {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(values.number())
            .setTimeUnixNano(values.number())
            .setFlags(values.count())
            .addAllAttributes(values.attributes())
            .addAllExemplars(some(this::exemplar));
    switch (random.nextInt(3)) {
      case 0 -> point.setAsInt(values.number());
      case 1 -> point.setAsDouble(values.float64());
      default -> {}
    }
    return point.build();
  }

  private HistogramDataPoint histogram() {
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(values.number())
            .setTimeUnixNano(values.number())
            .setFlags(values.count())
            .setCount(values.number())
            .addAllBucketCounts(some(values::number))
            .addAllExplicitBounds(some(values::float64))
            .addAllAttributes(values.attributes())
            .addAllExemplars(some(this::exemplar));
    if (random.nextBoolean()) {
      point.setSum(values.float64());
    }
    if (random.nextBoolean()) {
      point.setMin(values.float64());
    }
    if (random.nextBoolean()) {
      point.setMax(values.float64());
    }
    return point.build();
  }

  private ExponentialHistogramDataPoint expHistogram() {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(values.number())
            .setTimeUnixNano(values.number())
            .setFlags(values.count())
            .setCount(values.number())
            .setScale(random.nextInt(40) - 20)
            .setZeroCount(values.number())
            .setZeroThreshold(values.float64())
            .addAllAttributes(values.attributes())
            .addAllExemplars(some(this::exemplar));
    if (random.nextBoolean()) {
      point.setPositive(buckets());
    }
    if (random.nextBoolean()) {
      point.setNegative(buckets());
    }
    if (random.nextBoolean()) {
      point.setSum(values.float64());
    }
    if (random.nextBoolean()) {
      point.setMin(values.float64());
    }
    if (random.nextBoolean()) {
      point.setMax(values.float64());
    }
    return point.build();
  }

  private Buckets buckets() {
    return Buckets.newBuilder()
        .setOffset(values.count())
        .addAllBucketCounts(some(values::number))
        .build();
  }

  private SummaryDataPoint summary() {
    return SummaryDataPoint.newBuilder()
        .setStartTimeUnixNano(values.number())
        .setTimeUnixNano(values.number())
        .setFlags(values.count())
        .setCount(values.number())
        .setSum(values.float64())
        .addAllQuantileValues(
            some(
                () ->
                    SummaryDataPoint.ValueAtQuantile.newBuilder()
                        .setQuantile(values.float64())
                        .setValue(values.float64())
                        .build()))
        .addAllAttributes(values.attributes())
        .build();
  }

  private Exemplar exemplar() {
    Exemplar.Builder exemplar =
        Exemplar.newBuilder()
            .setTimeUnixNano(values.number())
            .setTraceId(values.id(16))
            .setSpanId(values.id(8))
            .addAllFilteredAttributes(values.attributes());
    switch (random.nextInt(3)) {
      case 0 -> exemplar.setAsInt(values.number());
      case 1 -> exemplar.setAsDouble(values.float64());
      default -> {}
    }
    return exemplar.build();
  }
}

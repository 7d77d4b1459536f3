/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.ByteColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import io.otap.core.model.MetricType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;

/** Fills a batch of metrics. */
final class MetricDecoder extends BatchDecoder<Metric> {

  private final IntColumnBuilder id;
  private final ByteColumnBuilder type;
  private final BinaryColumnBuilder name;
  private final BinaryColumnBuilder description;
  private final BinaryColumnBuilder unit;
  private final IntColumnBuilder temporality;
  private final ByteColumnBuilder monotonic;
  private final AttributeDecoder metadata;
  private final NumberPointDecoder numbers;
  private final SummaryPointDecoder summaries;
  private final HistogramPointDecoder histograms;
  private final ExpHistogramPointDecoder expHistograms;

  MetricDecoder() {
    super(Signal.METRICS);
    TableBuilder metrics = table(PayloadType.UNIVARIATE_METRICS);
    id = metrics.ints("id");
    type = metrics.bytes("metric_type");
    name = metrics.binaries("name");
    description = metrics.binaries("description");
    unit = metrics.binaries("unit");
    temporality = metrics.ints("aggregation_temporality");
    monotonic = metrics.bytes("is_monotonic");
    metadata = attributes(PayloadType.METRIC_ATTRS);
    numbers =
        new NumberPointDecoder(
            table(PayloadType.NUMBER_DATA_POINTS),
            attributes(PayloadType.NUMBER_DP_ATTRS),
            exemplars(PayloadType.NUMBER_DP_EXEMPLARS, PayloadType.NUMBER_DP_EXEMPLAR_ATTRS));
    summaries =
        new SummaryPointDecoder(
            table(PayloadType.SUMMARY_DATA_POINTS), attributes(PayloadType.SUMMARY_DP_ATTRS));
    histograms =
        new HistogramPointDecoder(
            table(PayloadType.HISTOGRAM_DATA_POINTS),
            attributes(PayloadType.HISTOGRAM_DP_ATTRS),
            exemplars(PayloadType.HISTOGRAM_DP_EXEMPLARS, PayloadType.HISTOGRAM_DP_EXEMPLAR_ATTRS));
    expHistograms =
        new ExpHistogramPointDecoder(
            table(PayloadType.EXP_HISTOGRAM_DATA_POINTS),
            attributes(PayloadType.EXP_HISTOGRAM_DP_ATTRS),
            exemplars(
                PayloadType.EXP_HISTOGRAM_DP_EXEMPLARS,
                PayloadType.EXP_HISTOGRAM_DP_EXEMPLAR_ATTRS));
  }

  private ExemplarDecoder exemplars(PayloadType exemplars, PayloadType attributes) {
    return new ExemplarDecoder(table(exemplars), attributes(attributes));
  }

  @Override
  void fill(int row, Metric metric) throws OtapException {
    id.set(row, row);
    name.set(row, metric.getName());
    description.set(row, metric.getDescription());
    unit.set(row, metric.getUnit());
    metadata.add(row, metric.getMetadataList());
    switch (metric.getDataCase()) {
      case GAUGE -> {
        type(row, MetricType.GAUGE);
        numbers(row, metric.getGauge().getDataPointsList());
      }
      case SUM -> {
        type(row, MetricType.SUM);
        temporality.set(row, metric.getSum().getAggregationTemporalityValue());
        monotonic.set(row, (byte) (metric.getSum().getIsMonotonic() ? 1 : 0));
        numbers(row, metric.getSum().getDataPointsList());
      }
      case HISTOGRAM -> {
        type(row, MetricType.HISTOGRAM);
        temporality.set(row, metric.getHistogram().getAggregationTemporalityValue());
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
          histograms.add(row, point);
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        type(row, MetricType.EXP_HISTOGRAM);
        temporality.set(row, metric.getExponentialHistogram().getAggregationTemporalityValue());
        for (ExponentialHistogramDataPoint point :
            metric.getExponentialHistogram().getDataPointsList()) {
          expHistograms.add(row, point);
        }
      }
      case SUMMARY -> {
        type(row, MetricType.SUMMARY);
        for (SummaryDataPoint point : metric.getSummary().getDataPointsList()) {
          summaries.add(row, point);
        }
      }
      default -> type(row, MetricType.EMPTY);
    }
  }

  private void numbers(int row, Iterable<NumberDataPoint> points) throws OtapException {
    for (NumberDataPoint point : points) {
      numbers.add(row, point);
    }
  }

  private void type(int row, MetricType value) {
    type.set(row, (byte) value.code());
  }
}

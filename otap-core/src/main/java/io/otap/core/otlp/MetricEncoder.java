/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.MetricType;
import io.otap.core.model.PayloadType;

/** Metrics with their data points. A metric without points keeps its kind of data. */
final class MetricEncoder implements RecordEncoder {

  private final ReverseProtoWriter out;
  private final OtapTable metrics;
  private final IntVector id;
  private final ByteVector type;
  private final BinaryVector name;
  private final BinaryVector description;
  private final BinaryVector unit;
  private final IntVector temporality;
  private final ByteVector monotonic;
  private final AttributeEncoder metadata;
  private final PointEncoder numbers;
  private final PointEncoder summaries;
  private final PointEncoder histograms;
  private final PointEncoder expHistograms;

  MetricEncoder(OtapBatch batch, ReverseProtoWriter out) throws OtapException {
    this.out = out;
    this.metrics = batch.root();
    this.id = metrics.intVector("id");
    this.type = metrics.byteVector("metric_type");
    this.name = metrics.binaryVector("name");
    this.description = metrics.binaryVector("description");
    this.unit = metrics.binaryVector("unit");
    this.temporality = metrics.intVector("aggregation_temporality");
    this.monotonic = metrics.byteVector("is_monotonic");
    this.metadata = new AttributeEncoder(batch, PayloadType.METRIC_ATTRS, out);
    this.numbers = new NumberPointEncoder(batch, out);
    this.summaries = new SummaryPointEncoder(batch, out);
    this.histograms = new HistogramPointEncoder(batch, out);
    this.expHistograms = new ExpHistogramPointEncoder(batch, out);
  }

  @Override
  public void write(int row) throws OtapException {
    int parent = Cells.id(id, row);
    metadata.write(Metric.METADATA_FIELD_NUMBER, parent);
    data(row, parent);
    out.bytes(Metric.UNIT_FIELD_NUMBER, unit, row);
    out.bytes(Metric.DESCRIPTION_FIELD_NUMBER, description, row);
    out.bytes(Metric.NAME_FIELD_NUMBER, name, row);
  }

  /** The field numbers inside the messages of the kinds are the same as far as they have them. */
  private void data(int row, int parent) throws OtapException {
    MetricType kind = MetricType.ofCode(Cells.get(type, row));
    if (kind == null) {
      throw OtapException.of(OtapErrorKind.SCHEMA, "unknown metric type " + Cells.get(type, row))
          .at(Place.row(metrics.type().folder(), null, "metric_type", row));
    }
    int end = out.written();
    switch (kind) {
      case EMPTY -> {}
      case GAUGE -> {
        numbers.write(parent);
        out.close(Metric.GAUGE_FIELD_NUMBER, end);
      }
      case SUM -> {
        if (Cells.get(monotonic, row) != 0) {
          out.presentBool(Sum.IS_MONOTONIC_FIELD_NUMBER, true);
        }
        temporality(row);
        numbers.write(parent);
        out.close(Metric.SUM_FIELD_NUMBER, end);
      }
      case HISTOGRAM -> {
        temporality(row);
        histograms.write(parent);
        out.close(Metric.HISTOGRAM_FIELD_NUMBER, end);
      }
      case EXP_HISTOGRAM -> {
        temporality(row);
        expHistograms.write(parent);
        out.close(Metric.EXPONENTIAL_HISTOGRAM_FIELD_NUMBER, end);
      }
      case SUMMARY -> {
        summaries.write(parent);
        out.close(Metric.SUMMARY_FIELD_NUMBER, end);
      }
    }
  }

  private void temporality(int row) {
    out.enumeration(Histogram.AGGREGATION_TEMPORALITY_FIELD_NUMBER, Cells.get(temporality, row));
  }
}

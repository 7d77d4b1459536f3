/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.MetricType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;

/**
 * Walks the metrics of a batch, in its order, with their data points. Moving and reading make no
 * objects, but for strings and bytes on request.
 *
 * <pre>{@code
 * MetricCursor metric = MetricCursor.of(batch);
 * while (metric.next()) {
 *   NumberPointCursor point = metric.numberPoints();
 *   while (point.next()) {
 *     sum += point.isInt() ? point.intValue() : point.doubleValue();
 *   }
 * }
 * }</pre>
 */
@PublicEvolving
public final class MetricCursor extends RecordCursor {

  private final ByteVector type;
  private final BinaryVector name;
  private final BinaryVector description;
  private final BinaryVector unit;
  private final IntVector temporality;
  private final ByteVector monotonic;
  private final AttributeCursor metadata;
  private final NumberPointCursor numbers;
  private final HistogramPointCursor histograms;
  private final ExpHistogramPointCursor expHistograms;
  private final SummaryPointCursor summaries;

  private MetricCursor(OtapBatch batch) throws OtapException {
    super(batch, Signal.METRICS);
    OtapTable metrics = batch.root();
    this.type = metrics.byteVector("metric_type");
    this.name = metrics.binaryVector("name");
    this.description = metrics.binaryVector("description");
    this.unit = metrics.binaryVector("unit");
    this.temporality = metrics.intVector("aggregation_temporality");
    this.monotonic = metrics.byteVector("is_monotonic");
    this.metadata = new AttributeCursor(batch, PayloadType.METRIC_ATTRS);
    this.numbers = new NumberPointCursor(batch);
    this.histograms = new HistogramPointCursor(batch);
    this.expHistograms = new ExpHistogramPointCursor(batch);
    this.summaries = new SummaryPointCursor(batch);
  }

  /**
   * A cursor before the first metric.
   *
   * @throws OtapException of kind RECONSTRUCTION if the batch has children without a parent
   */
  public static MetricCursor of(OtapBatch batch) throws OtapException {
    return new MetricCursor(batch);
  }

  /**
   * The type, which says what points to ask for; {@link MetricType#EMPTY} without data, null for a
   * code that the format does not have.
   */
  public MetricType type() {
    return MetricType.ofCode(Cells.get(type, row));
  }

  public String name() {
    return Cells.string(name, row);
  }

  public String description() {
    return Cells.string(description, row);
  }

  /** The unit of the values, in UCUM. */
  public String unit() {
    return Cells.string(unit, row);
  }

  /**
   * The number of OTLP's {@code AggregationTemporality}: 1 delta, 2 cumulative; 0 if unset, as for
   * gauges and summaries.
   */
  public int aggregationTemporality() {
    return Cells.get(temporality, row);
  }

  /** Whether a sum never falls. */
  public boolean isMonotonic() {
    return Cells.get(monotonic, row) != 0;
  }

  /** The metadata of the metric, from the first. */
  public AttributeCursor metadata() {
    return metadata.moveTo(id());
  }

  /** The points of a gauge or sum, from the first; none if the metric is of another type. */
  public NumberPointCursor numberPoints() {
    return numbers.moveTo(pointsOf(PayloadType.NUMBER_DATA_POINTS));
  }

  /** The points of a histogram, from the first; none if the metric is of another type. */
  public HistogramPointCursor histogramPoints() {
    return histograms.moveTo(pointsOf(PayloadType.HISTOGRAM_DATA_POINTS));
  }

  /** The points of an exponential histogram, from the first; none for another type. */
  public ExpHistogramPointCursor expHistogramPoints() {
    return expHistograms.moveTo(pointsOf(PayloadType.EXP_HISTOGRAM_DATA_POINTS));
  }

  /** The points of a summary, from the first; none if the metric is of another type. */
  public SummaryPointCursor summaryPoints() {
    return summaries.moveTo(pointsOf(PayloadType.SUMMARY_DATA_POINTS));
  }

  /** The parent of the points in this table, which are none if the type is another's. */
  private int pointsOf(PayloadType points) {
    MetricType kind = type();
    return kind != null && kind.points() == points ? id() : Cells.NO_ID;
  }
}

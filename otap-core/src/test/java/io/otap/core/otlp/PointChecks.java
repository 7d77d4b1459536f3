/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.otap.core.batch.ExemplarCursor;
import io.otap.core.batch.ExpHistogramPointCursor;
import io.otap.core.batch.HistogramPointCursor;
import io.otap.core.batch.NumberPointCursor;
import io.otap.core.batch.PointCursor;
import io.otap.core.batch.SummaryPointCursor;
import java.util.List;

/** Compares what the cursors of data points and exemplars show with the messages. */
final class PointChecks {

  private PointChecks() {}

  static void numbers(NumberPointCursor cursor, List<NumberDataPoint> points) {
    assertThat(cursor.count()).isEqualTo(points.size());
    for (NumberDataPoint point : points) {
      assertThat(cursor.next()).isTrue();
      common(cursor, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
      CursorChecks.attributes(cursor.attributes(), point.getAttributesList());
      assertThat(cursor.isInt()).isEqualTo(point.hasAsInt());
      assertThat(cursor.isDouble()).isEqualTo(point.hasAsDouble());
      assertThat(cursor.intValue()).isEqualTo(point.getAsInt());
      same(cursor.doubleValue(), point.getAsDouble());
      exemplars(cursor.exemplars(), point.getExemplarsList());
    }
    assertThat(cursor.next()).isFalse();
  }

  static void histograms(HistogramPointCursor cursor, List<HistogramDataPoint> points) {
    assertThat(cursor.count()).isEqualTo(points.size());
    for (HistogramDataPoint point : points) {
      assertThat(cursor.next()).isTrue();
      common(cursor, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
      CursorChecks.attributes(cursor.attributes(), point.getAttributesList());
      assertThat(cursor.valueCount()).isEqualTo(point.getCount());
      assertThat(cursor.hasSum()).isEqualTo(point.hasSum());
      same(cursor.sum(), point.getSum());
      assertThat(cursor.hasMin()).isEqualTo(point.hasMin());
      same(cursor.min(), point.getMin());
      assertThat(cursor.hasMax()).isEqualTo(point.hasMax());
      same(cursor.max(), point.getMax());
      assertThat(cursor.buckets()).isEqualTo(point.getBucketCountsCount());
      for (int i = 0; i < cursor.buckets(); i++) {
        assertThat(cursor.bucketCount(i)).isEqualTo(point.getBucketCounts(i));
      }
      refuses(() -> cursor.bucketCount(cursor.buckets()));
      assertThat(cursor.bounds()).isEqualTo(point.getExplicitBoundsCount());
      for (int i = 0; i < cursor.bounds(); i++) {
        same(cursor.bound(i), point.getExplicitBounds(i));
      }
      refuses(() -> cursor.bound(cursor.bounds()));
      exemplars(cursor.exemplars(), point.getExemplarsList());
    }
    assertThat(cursor.next()).isFalse();
  }

  static void expHistograms(
      ExpHistogramPointCursor cursor, List<ExponentialHistogramDataPoint> points) {
    assertThat(cursor.count()).isEqualTo(points.size());
    for (ExponentialHistogramDataPoint point : points) {
      assertThat(cursor.next()).isTrue();
      common(cursor, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
      CursorChecks.attributes(cursor.attributes(), point.getAttributesList());
      assertThat(cursor.valueCount()).isEqualTo(point.getCount());
      assertThat(cursor.hasSum()).isEqualTo(point.hasSum());
      same(cursor.sum(), point.getSum());
      assertThat(cursor.hasMin()).isEqualTo(point.hasMin());
      same(cursor.min(), point.getMin());
      assertThat(cursor.hasMax()).isEqualTo(point.hasMax());
      same(cursor.max(), point.getMax());
      assertThat(cursor.scale()).isEqualTo(point.getScale());
      assertThat(cursor.zeroCount()).isEqualTo(point.getZeroCount());
      same(cursor.zeroThreshold(), point.getZeroThreshold());
      assertThat(cursor.positiveOffset()).isEqualTo(point.getPositive().getOffset());
      assertThat(cursor.positiveBuckets()).isEqualTo(point.getPositive().getBucketCountsCount());
      for (int i = 0; i < cursor.positiveBuckets(); i++) {
        assertThat(cursor.positiveBucketCount(i)).isEqualTo(point.getPositive().getBucketCounts(i));
      }
      refuses(() -> cursor.positiveBucketCount(cursor.positiveBuckets()));
      assertThat(cursor.negativeOffset()).isEqualTo(point.getNegative().getOffset());
      assertThat(cursor.negativeBuckets()).isEqualTo(point.getNegative().getBucketCountsCount());
      for (int i = 0; i < cursor.negativeBuckets(); i++) {
        assertThat(cursor.negativeBucketCount(i)).isEqualTo(point.getNegative().getBucketCounts(i));
      }
      refuses(() -> cursor.negativeBucketCount(-1));
      exemplars(cursor.exemplars(), point.getExemplarsList());
    }
    assertThat(cursor.next()).isFalse();
  }

  static void summaries(SummaryPointCursor cursor, List<SummaryDataPoint> points) {
    assertThat(cursor.count()).isEqualTo(points.size());
    for (SummaryDataPoint point : points) {
      assertThat(cursor.next()).isTrue();
      common(cursor, point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
      CursorChecks.attributes(cursor.attributes(), point.getAttributesList());
      assertThat(cursor.valueCount()).isEqualTo(point.getCount());
      same(cursor.sum(), point.getSum());
      assertThat(cursor.quantiles()).isEqualTo(point.getQuantileValuesCount());
      for (int i = 0; i < cursor.quantiles(); i++) {
        same(cursor.quantile(i), point.getQuantileValues(i).getQuantile());
        same(cursor.quantileValue(i), point.getQuantileValues(i).getValue());
      }
      refuses(() -> cursor.quantile(cursor.quantiles()));
    }
    assertThat(cursor.next()).isFalse();
  }

  private static void exemplars(ExemplarCursor cursor, List<Exemplar> exemplars) {
    assertThat(cursor.count()).isEqualTo(exemplars.size());
    for (Exemplar exemplar : exemplars) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.timeUnixNano()).isEqualTo(exemplar.getTimeUnixNano());
      assertThat(cursor.isInt()).isEqualTo(exemplar.hasAsInt());
      assertThat(cursor.isDouble()).isEqualTo(exemplar.hasAsDouble());
      assertThat(cursor.intValue()).isEqualTo(exemplar.getAsInt());
      same(cursor.doubleValue(), exemplar.getAsDouble());
      assertThat(cursor.hasTraceId()).isEqualTo(CursorChecks.hasId(exemplar.getTraceId()));
      assertThat(ByteString.copyFrom(cursor.traceId())).isEqualTo(exemplar.getTraceId());
      assertThat(cursor.hasSpanId()).isEqualTo(CursorChecks.hasId(exemplar.getSpanId()));
      assertThat(ByteString.copyFrom(cursor.spanId())).isEqualTo(exemplar.getSpanId());
      CursorChecks.attributes(cursor.filteredAttributes(), exemplar.getFilteredAttributesList());
    }
    assertThat(cursor.next()).isFalse();
  }

  private static void common(PointCursor cursor, long startTime, long time, int flags) {
    assertThat(cursor.startTimeUnixNano()).isEqualTo(startTime);
    assertThat(cursor.timeUnixNano()).isEqualTo(time);
    assertThat(cursor.flags()).isEqualTo(flags);
    assertThat(cursor.noRecordedValue()).isEqualTo(flags % 2 != 0);
  }

  private static void same(double actual, double expected) {
    assertThat(actual).isEqualTo((Double) expected);
  }

  private static void refuses(Runnable read) {
    assertThatThrownBy(read::run).isInstanceOf(IndexOutOfBoundsException.class);
  }
}

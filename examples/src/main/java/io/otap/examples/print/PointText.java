/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;

/** Points of metrics as text, with every field. */
final class PointText {

  private PointText() {}

  static void of(NumberDataPoint point, Lines lines) {
    head(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), lines);
    switch (point.getValueCase()) {
      case AS_INT -> lines.line(4, "value: " + point.getAsInt());
      case AS_DOUBLE -> lines.line(4, "value: " + point.getAsDouble());
      default -> lines.line(4, "no value");
    }
    ValueText.attributes(lines, 4, point.getAttributesList());
    exemplars(point.getExemplarsList(), lines);
  }

  static void of(HistogramDataPoint point, Lines lines) {
    head(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), lines);
    lines.line(4, "count: " + Long.toUnsignedString(point.getCount()));
    optional("sum", point.hasSum(), point.getSum(), lines);
    optional("min", point.hasMin(), point.getMin(), lines);
    optional("max", point.hasMax(), point.getMax(), lines);
    list("bucket counts", point.getBucketCountsList(), lines);
    list("bounds", point.getExplicitBoundsList(), lines);
    ValueText.attributes(lines, 4, point.getAttributesList());
    exemplars(point.getExemplarsList(), lines);
  }

  static void of(ExponentialHistogramDataPoint point, Lines lines) {
    head(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), lines);
    lines.line(4, "count: " + Long.toUnsignedString(point.getCount()));
    optional("sum", point.hasSum(), point.getSum(), lines);
    optional("min", point.hasMin(), point.getMin(), lines);
    optional("max", point.hasMax(), point.getMax(), lines);
    lines.line(4, "scale: " + point.getScale());
    lines.field(4, "zero count", point.getZeroCount());
    if (point.hasPositive()) {
      list(
          "positive from " + point.getPositive().getOffset(),
          point.getPositive().getBucketCountsList(),
          lines);
    }
    if (point.hasNegative()) {
      list(
          "negative from " + point.getNegative().getOffset(),
          point.getNegative().getBucketCountsList(),
          lines);
    }
    ValueText.attributes(lines, 4, point.getAttributesList());
    exemplars(point.getExemplarsList(), lines);
  }

  static void of(SummaryDataPoint point, Lines lines) {
    head(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags(), lines);
    lines.line(4, "count: " + Long.toUnsignedString(point.getCount()));
    lines.line(4, "sum: " + point.getSum());
    for (SummaryDataPoint.ValueAtQuantile quantile : point.getQuantileValuesList()) {
      lines.line(4, "quantile " + quantile.getQuantile() + ": " + quantile.getValue());
    }
    ValueText.attributes(lines, 4, point.getAttributesList());
  }

  private static void head(long start, long time, int flags, Lines lines) {
    lines.line(3, "Point " + ValueText.timeOrDash(time));
    lines.field(4, "start", ValueText.time(start));
    lines.field(4, "flags", Integer.toUnsignedLong(flags));
  }

  private static void optional(String name, boolean there, double value, Lines lines) {
    if (there) {
      lines.line(4, name + ": " + value);
    }
  }

  private static void list(String name, List<?> values, Lines lines) {
    if (!values.isEmpty()) {
      lines.line(4, name + ": " + values);
    }
  }

  private static void exemplars(List<Exemplar> exemplars, Lines lines) {
    for (Exemplar exemplar : exemplars) {
      String value =
          switch (exemplar.getValueCase()) {
            case AS_INT -> Long.toString(exemplar.getAsInt());
            case AS_DOUBLE -> Double.toString(exemplar.getAsDouble());
            default -> "-";
          };
      lines.line(4, "Exemplar " + ValueText.timeOrDash(exemplar.getTimeUnixNano()) + " " + value);
      lines.field(5, "trace", ValueText.hex(exemplar.getTraceId()));
      lines.field(5, "span", ValueText.hex(exemplar.getSpanId()));
      ValueText.attributes(lines, 5, exemplar.getFilteredAttributesList());
    }
  }
}

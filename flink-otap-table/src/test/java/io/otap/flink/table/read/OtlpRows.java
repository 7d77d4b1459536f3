/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.otap.flink.table.value.ValueText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;

/** The rows of requests in the text form, made from OTLP in plain Java. */
public final class OtlpRows {

  private static final int POINT_COLUMNS_BEFORE = 3;
  private static final Instant NEVER = Instant.EPOCH;

  private final List<Row> rows = new ArrayList<>();

  private OtlpRows() {}

  public static List<Row> of(MessageLite request) {
    OtlpRows rows = new OtlpRows();
    if (request instanceof ExportLogsServiceRequest logs) {
      logs.getResourceLogsList()
          .forEach(
              r ->
                  r.getScopeLogsList()
                      .forEach(
                          s -> {
                            Row resource = resource(r.getResource(), r.getSchemaUrl());
                            Row scope = scope(s.getScope(), s.getSchemaUrl());
                            s.getLogRecordsList().forEach(l -> rows.log(l, resource, scope));
                          }));
    } else if (request instanceof ExportTraceServiceRequest traces) {
      traces
          .getResourceSpansList()
          .forEach(
              r ->
                  r.getScopeSpansList()
                      .forEach(
                          s -> {
                            Row resource = resource(r.getResource(), r.getSchemaUrl());
                            Row scope = scope(s.getScope(), s.getSchemaUrl());
                            s.getSpansList().forEach(x -> rows.span(x, resource, scope));
                          }));
    } else {
      ((ExportMetricsServiceRequest) request)
          .getResourceMetricsList()
          .forEach(
              r ->
                  r.getScopeMetricsList()
                      .forEach(
                          s -> {
                            Row resource = resource(r.getResource(), r.getSchemaUrl());
                            Row scope = scope(s.getScope(), s.getSchemaUrl());
                            s.getMetricsList().forEach(m -> rows.metric(m, resource, scope));
                          }));
    }
    return rows.rows;
  }

  private void log(LogRecord log, Row resource, Row scope) {
    long time = log.getTimeUnixNano();
    rows.add(
        Row.of(
            instant(time),
            eventTime(time == 0 ? log.getObservedTimeUnixNano() : time),
            instant(log.getObservedTimeUnixNano()),
            hex(log.getTraceId()),
            hex(log.getSpanId()),
            log.getSeverityNumberValue(),
            log.getSeverityText(),
            ValueText.of(log.getBody()),
            map(log.getAttributesList()),
            log.getEventName(),
            unsigned(log.getFlags()),
            unsigned(log.getDroppedAttributesCount()),
            serviceName(resource),
            resource,
            scope));
  }

  private void span(Span span, Row resource, Row scope) {
    rows.add(
        Row.of(
            instant(span.getStartTimeUnixNano()),
            eventTime(span.getStartTimeUnixNano()),
            instant(span.getEndTimeUnixNano()),
            span.getEndTimeUnixNano() - span.getStartTimeUnixNano(),
            hex(span.getTraceId()),
            hex(span.getSpanId()),
            hex(span.getParentSpanId()),
            span.getTraceState(),
            span.getName(),
            name(span.getKindValue(), "UNSPECIFIED INTERNAL SERVER CLIENT PRODUCER CONSUMER"),
            name(span.getStatus().getCodeValue(), "UNSET OK ERROR"),
            span.getStatus().getMessage(),
            map(span.getAttributesList()),
            span.getEventsList().stream()
                .map(
                    e ->
                        Row.of(
                            instant(e.getTimeUnixNano()),
                            e.getName(),
                            map(e.getAttributesList()),
                            unsigned(e.getDroppedAttributesCount())))
                .toArray(),
            span.getLinksList().stream()
                .map(
                    l ->
                        Row.of(
                            hex(l.getTraceId()),
                            hex(l.getSpanId()),
                            l.getTraceState(),
                            map(l.getAttributesList()),
                            unsigned(l.getFlags()),
                            unsigned(l.getDroppedAttributesCount())))
                .toArray(),
            unsigned(span.getFlags()),
            unsigned(span.getDroppedAttributesCount()),
            unsigned(span.getDroppedEventsCount()),
            unsigned(span.getDroppedLinksCount()),
            serviceName(resource),
            resource,
            scope));
  }

  private void metric(Metric metric, Row resource, Row scope) {
    String temporality = "UNSPECIFIED";
    boolean monotonic = false;
    List<Object[]> points = new ArrayList<>();
    switch (metric.getDataCase()) {
      case GAUGE -> metric.getGauge().getDataPointsList().forEach(p -> points.add(number(p)));
      case SUM -> {
        temporality = temporality(metric.getSum().getAggregationTemporalityValue());
        monotonic = metric.getSum().getIsMonotonic();
        metric.getSum().getDataPointsList().forEach(p -> points.add(number(p)));
      }
      case HISTOGRAM -> {
        temporality = temporality(metric.getHistogram().getAggregationTemporalityValue());
        metric.getHistogram().getDataPointsList().forEach(p -> points.add(histogram(p)));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        temporality =
            temporality(metric.getExponentialHistogram().getAggregationTemporalityValue());
        metric
            .getExponentialHistogram()
            .getDataPointsList()
            .forEach(p -> points.add(exponential(p)));
      }
      case SUMMARY -> metric.getSummary().getDataPointsList().forEach(p -> points.add(summary(p)));
      default -> {}
    }
    if (points.isEmpty()) {
      Object[] none = new Object[POINT_COLUMNS_BEFORE + 19];
      none[1] = NEVER;
      points.add(none);
    }
    String type =
        metric.getDataCase() == Metric.DataCase.DATA_NOT_SET
            ? "EMPTY"
            : metric.getDataCase().name();
    for (Object[] point : points) {
      List<Object> row = new ArrayList<>(Arrays.asList(point).subList(0, POINT_COLUMNS_BEFORE));
      row.addAll(
          List.of(
              metric.getName(),
              metric.getDescription(),
              metric.getUnit(),
              type,
              temporality,
              monotonic));
      row.addAll(Arrays.asList(point).subList(POINT_COLUMNS_BEFORE, point.length));
      row.addAll(
          Arrays.asList(map(metric.getMetadataList()), serviceName(resource), resource, scope));
      rows.add(Row.of(row.toArray()));
    }
  }

  private static Object[] number(NumberDataPoint p) {
    Object[] row =
        point(p.getTimeUnixNano(), p.getStartTimeUnixNano(), p.getAttributesList(), p.getFlags());
    row[4] = p.hasAsInt() ? p.getAsInt() : null;
    row[5] = p.hasAsDouble() ? p.getAsDouble() : null;
    row[20] = exemplars(p.getExemplarsList());
    return row;
  }

  private static Object[] histogram(HistogramDataPoint p) {
    Object[] row =
        point(p.getTimeUnixNano(), p.getStartTimeUnixNano(), p.getAttributesList(), p.getFlags());
    row[6] = unsigned(p.getCount());
    row[7] = p.hasSum() ? p.getSum() : null;
    row[8] = p.hasMin() ? p.getMin() : null;
    row[9] = p.hasMax() ? p.getMax() : null;
    row[10] = counts(p.getBucketCountsList());
    row[11] = p.getExplicitBoundsList().toArray();
    row[20] = exemplars(p.getExemplarsList());
    return row;
  }

  private static Object[] exponential(ExponentialHistogramDataPoint p) {
    Object[] row =
        point(p.getTimeUnixNano(), p.getStartTimeUnixNano(), p.getAttributesList(), p.getFlags());
    row[6] = unsigned(p.getCount());
    row[7] = p.hasSum() ? p.getSum() : null;
    row[8] = p.hasMin() ? p.getMin() : null;
    row[9] = p.hasMax() ? p.getMax() : null;
    row[12] = p.getScale();
    row[13] = unsigned(p.getZeroCount());
    row[14] = p.getZeroThreshold();
    row[15] = p.getPositive().getOffset();
    row[16] = counts(p.getPositive().getBucketCountsList());
    row[17] = p.getNegative().getOffset();
    row[18] = counts(p.getNegative().getBucketCountsList());
    row[20] = exemplars(p.getExemplarsList());
    return row;
  }

  private static Object[] summary(SummaryDataPoint p) {
    Object[] row =
        point(p.getTimeUnixNano(), p.getStartTimeUnixNano(), p.getAttributesList(), p.getFlags());
    row[6] = unsigned(p.getCount());
    row[7] = p.getSum();
    row[19] =
        p.getQuantileValuesList().stream()
            .map(q -> Row.of(q.getQuantile(), q.getValue()))
            .toArray();
    row[20] = new Object[0];
    return row;
  }

  private static Object[] point(long time, long start, List<KeyValue> attributes, int flags) {
    Object[] row = new Object[22];
    row[0] = instant(time);
    row[1] = eventTime(time);
    row[2] = instant(start);
    row[3] = map(attributes);
    row[21] = unsigned(flags);
    return row;
  }

  private static Object[] exemplars(List<Exemplar> exemplars) {
    return exemplars.stream()
        .map(
            e ->
                Row.of(
                    instant(e.getTimeUnixNano()),
                    hex(e.getTraceId()),
                    hex(e.getSpanId()),
                    e.hasAsInt() ? e.getAsInt() : null,
                    e.hasAsDouble() ? e.getAsDouble() : null,
                    map(e.getFilteredAttributesList())))
        .toArray();
  }

  private static Row resource(Resource resource, String schemaUrl) {
    return Row.of(
        map(resource.getAttributesList()),
        schemaUrl,
        unsigned(resource.getDroppedAttributesCount()));
  }

  private static Object serviceName(Row resource) {
    return ((Map<?, ?>) resource.getField(0)).get("service.name");
  }

  private static Row scope(InstrumentationScope scope, String schemaUrl) {
    return Row.of(
        scope.getName(),
        scope.getVersion(),
        map(scope.getAttributesList()),
        schemaUrl,
        unsigned(scope.getDroppedAttributesCount()));
  }

  private static Map<String, String> map(List<KeyValue> attributes) {
    Map<String, String> map = new LinkedHashMap<>();
    for (KeyValue attribute : attributes) {
      if (!map.containsKey(attribute.getKey())) {
        map.put(attribute.getKey(), ValueText.of(attribute.getValue()));
      }
    }
    return map;
  }

  private static Object[] counts(List<Long> counts) {
    return counts.stream().map(OtlpRows::unsigned).toArray();
  }

  private static BigDecimal unsigned(long value) {
    return new BigDecimal(Long.toUnsignedString(value));
  }

  private static long unsigned(int value) {
    return Integer.toUnsignedLong(value);
  }

  private static String temporality(int value) {
    return value == AggregationTemporality.UNRECOGNIZED.ordinal()
        ? Integer.toString(value)
        : name(value, "UNSPECIFIED DELTA CUMULATIVE");
  }

  private static String name(int number, String names) {
    String[] all = names.split(" ");
    return number >= 0 && number < all.length ? all[number] : Integer.toString(number);
  }

  private static String hex(ByteString id) {
    return id.isEmpty() ? null : HexFormat.of().formatHex(id.toByteArray());
  }

  private static Instant instant(long nanos) {
    return nanos == 0
        ? null
        : Instant.EPOCH
            .plusSeconds(Long.divideUnsigned(nanos, 1_000_000_000))
            .plusNanos(Long.remainderUnsigned(nanos, 1_000_000_000));
  }

  private static Instant eventTime(long nanos) {
    return nanos == 0 ? NEVER : instant(nanos).truncatedTo(ChronoUnit.MILLIS);
  }
}

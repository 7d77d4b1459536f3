/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.AttributeType;
import io.otap.core.model.MetricType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only columns can say: ids, nulls, groups. */
class OtlpEncoderTest {

  private final TableBuilder logs = new TableBuilder(PayloadType.LOGS);
  private final TableBuilder resourceAttributes = new TableBuilder(PayloadType.RESOURCE_ATTRS);
  private final TableBuilder logAttributes = new TableBuilder(PayloadType.LOG_ATTRS);

  @Test
  void aBatchWithoutRowsIsAnEmptyRequest() throws IOException {
    for (Signal signal : Signal.values()) {
      OtapBatch batch = new OtapBatch(signal, List.of(), Origin.NONE, null, null);
      assertThat(OtlpEncoder.encode(batch)).isEmpty();
    }
  }

  @Test
  void aRequestIsWrittenBehindItsLength() throws IOException {
    log(1, 0, 0);
    attribute(resourceAttributes, 0, "x".repeat(3_000_000));
    OtapBatch batch = batch(Signal.LOGS, logs, resourceAttributes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(new OtlpBuffer().encode(batch).writeDelimited(out)).isEqualTo(out.size());
    ExportLogsServiceRequest written =
        ExportLogsServiceRequest.parseDelimitedFrom(new ByteArrayInputStream(out.toByteArray()));
    assertThat(written).isEqualTo(ExportLogsServiceRequest.parseFrom(OtlpEncoder.encode(batch)));
    assertThat(out.size()).isEqualTo(written.getSerializedSize() + 4);
  }

  @Test
  void rowsOfAResourceAndScopeComeTogetherInOrderOfAppearance() throws IOException {
    log(1, 1, 0);
    log(2, 0, 1);
    log(3, 1, 2);
    log(4, 1, 0);
    log(5, 0, 1);
    attribute(resourceAttributes, 0, "zero");
    attribute(resourceAttributes, 1, "one");
    ExportLogsServiceRequest request = encode();
    assertThat(request.getResourceLogsList())
        .extracting(r -> r.getResource().getAttributes(0).getKey())
        .containsExactly("one", "zero");
    assertThat(times(request.getResourceLogs(0))).containsExactly(List.of(1L, 4L), List.of(3L));
    assertThat(times(request.getResourceLogs(1))).containsExactly(List.of(2L, 5L));
  }

  @Test
  void aScopeIdMaySpanResources() throws IOException {
    log(1, 0, 0);
    log(2, 1, 0);
    assertThat(encode().getResourceLogsList()).hasSize(2);
  }

  @Test
  void aNullIdIsAResourceOfItsOwn() throws IOException {
    log(1, 0, 0);
    log(2, -1, -1);
    log(3, 0, 0);
    attribute(resourceAttributes, 0, "zero");
    ExportLogsServiceRequest request = encode();
    assertThat(times(request.getResourceLogs(0))).containsExactly(List.of(1L, 3L));
    assertThat(times(request.getResourceLogs(1))).containsExactly(List.of(2L));
    assertThat(request.getResourceLogs(1).hasResource()).isFalse();
  }

  @Test
  void rowsWithDifferentFieldsAreNotMerged() throws IOException {
    logs.binaries("resource.schema_url").set(log(1, 0, 0), "a");
    logs.binaries("resource.schema_url").set(log(2, 0, 0), "b");
    logs.binaries("scope.name").set(log(3, 0, 0), "n");
    logs.binaries("scope.version").set(log(4, 0, 0), "v");
    logs.ints("scope.dropped_attributes_count").set(log(5, 0, 0), 1);
    logs.binaries("schema_url").set(log(6, 0, 0), "u");
    logs.ints("resource.dropped_attributes_count").set(log(7, 0, 0), 1);
    log(8, 0, 0);
    ExportLogsServiceRequest request = encode();
    assertThat(request.getResourceLogsList())
        .extracting(OtlpEncoderTest::times)
        .containsExactly(
            List.of(List.of(1L)),
            List.of(List.of(2L)),
            List.of(List.of(3L), List.of(4L), List.of(5L), List.of(6L), List.of(8L)),
            List.of(List.of(7L)));
  }

  @Test
  void aNullIsTheDefaultOfItsType() throws IOException {
    logs.ints("id").set(log(1, 0, 0), 0);
    for (AttributeType type : AttributeType.values()) {
      int row = attribute(logAttributes, 0, type.name());
      logAttributes.bytes("type").set(row, (byte) type.code());
    }
    List<KeyValue> attributes = record(encode()).getAttributesList();
    assertThat(attributes).allMatch(KeyValue::hasValue);
    assertThat(attributes)
        .extracting(kv -> CanonicalText.anyValue(kv.getValue()))
        .containsExactly("e", "s\"\"", "i0", "d0000000000000000", "b0", "{}", "[]", "x");
  }

  @Test
  void otherColumnsThanThatOfTheTypeDoNotCount() throws IOException {
    logs.ints("id").set(log(1, 0, 0), 0);
    int row = attribute(logAttributes, 0, "k");
    logAttributes.bytes("type").set(row, (byte) AttributeType.INT.code());
    logAttributes.longs("int").set(row, 7);
    logAttributes.binaries("str").set(row, "no");
    logAttributes.binaries("ser").set(row, new byte[] {1, 2, 3});
    assertThat(record(encode()).getAttributes(0).getValue())
        .isEqualTo(AnyValue.newBuilder().setIntValue(7).build());
  }

  @Test
  void aTypeThatDoesNotExistIsASchemaError() {
    logs.ints("id").set(log(1, 0, 0), 0);
    logAttributes.bytes("type").set(attribute(logAttributes, 0, "k"), (byte) 8);
    assertThatThrownBy(this::encode)
        .asInstanceOf(type(OtapException.class))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(OtapErrorKind.SCHEMA);
              assertThat(e.place()).isEqualTo(Place.row("log_attrs", null, "type", 0));
            });
  }

  @Test
  void aChildWithoutAParentIdIsAnError() {
    logs.ints("id").set(log(1, 0, 0), 0);
    logAttributes.binaries("key").set(logAttributes.addRow(), "k");
    assertThatThrownBy(this::encode)
        .asInstanceOf(type(OtapException.class))
        .extracting(OtapException::kind)
        .isEqualTo(OtapErrorKind.RECONSTRUCTION);
  }

  @Test
  void childrenNeedNotAscend() throws IOException {
    logs.ints("id").set(log(1, 0, 0), 1);
    logs.ints("id").set(log(2, 0, 0), 0);
    attribute(logAttributes, 1, "a");
    attribute(logAttributes, 0, "b");
    attribute(logAttributes, 1, "c");
    List<LogRecord> records = encode().getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
    assertThat(records.get(0).getAttributesList())
        .extracting(KeyValue::getKey)
        .containsExactly("a", "c");
    assertThat(records.get(1).getAttributesList())
        .extracting(KeyValue::getKey)
        .containsExactly("b");
  }

  @Test
  void idsOfZerosStayForLogsAndAreNoneForExemplars() throws IOException {
    logs.binaries("trace_id").set(log(1, 0, 0), new byte[16]);
    assertThat(record(encode()).getTraceId().size()).isEqualTo(16);

    TableBuilder exemplars = exemplars();
    exemplars.binaries("trace_id").set(0, new byte[16]);
    exemplars.binaries("span_id").set(0, new byte[8]);
    assertThat(exemplar(exemplars)).isEqualTo(Exemplar.getDefaultInstance());
  }

  @Test
  void aColumnFilledWithZerosGivesWayToTheOther() throws IOException {
    TableBuilder exemplars = exemplars();
    exemplars.longs("int_value").set(0, 0);
    exemplars.doubles("double_value").set(0, 2.5);
    assertThat(exemplar(exemplars).getAsDouble()).isEqualTo(2.5);

    exemplars = exemplars();
    exemplars.longs("int_value").set(0, 3);
    exemplars.doubles("double_value").set(0, 0);
    assertThat(exemplar(exemplars).getAsInt()).isEqualTo(3);
  }

  private static TableBuilder exemplars() {
    TableBuilder exemplars = new TableBuilder(PayloadType.NUMBER_DP_EXEMPLARS);
    exemplars.ints("parent_id").set(exemplars.addRow(), 0);
    return exemplars;
  }

  private static Exemplar exemplar(TableBuilder exemplars) throws IOException {
    TableBuilder metrics = new TableBuilder(PayloadType.UNIVARIATE_METRICS);
    metrics.ints("id").set(metrics.addRow(), 0);
    metrics.bytes("metric_type").set(0, (byte) MetricType.GAUGE.code());
    TableBuilder points = new TableBuilder(PayloadType.NUMBER_DATA_POINTS);
    points.ints("id").set(points.addRow(), 0);
    points.ints("parent_id").set(0, 0);
    Metric metric =
        OtlpRequests.metrics(batch(Signal.METRICS, metrics, points, exemplars))
            .getResourceMetrics(0)
            .getScopeMetrics(0)
            .getMetrics(0);
    NumberDataPoint point = metric.getGauge().getDataPoints(0);
    assertThat(point.getExemplarsCount()).isEqualTo(1);
    return point.getExemplars(0);
  }

  private int log(long time, int resource, int scope) {
    int row = logs.addRow();
    logs.longs("time_unix_nano").set(row, time);
    if (resource >= 0) {
      logs.ints("resource.id").set(row, resource);
      logs.ints("scope.id").set(row, scope);
    }
    return row;
  }

  private static int attribute(TableBuilder table, int parent, String key) {
    int row = table.addRow();
    table.ints("parent_id").set(row, parent);
    table.binaries("key").set(row, key);
    return row;
  }

  private ExportLogsServiceRequest encode() throws IOException {
    return OtlpRequests.logs(batch(Signal.LOGS, logs, resourceAttributes, logAttributes));
  }

  private static OtapBatch batch(Signal signal, TableBuilder... tables) {
    return new OtapBatch(
        signal, Arrays.stream(tables).map(TableBuilder::build).toList(), Origin.NONE, null, null);
  }

  private static List<List<Long>> times(ResourceLogs resource) {
    return resource.getScopeLogsList().stream()
        .map(s -> s.getLogRecordsList().stream().map(LogRecord::getTimeUnixNano).toList())
        .toList();
  }

  private static LogRecord record(ExportLogsServiceRequest request) {
    return request.getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
  }
}

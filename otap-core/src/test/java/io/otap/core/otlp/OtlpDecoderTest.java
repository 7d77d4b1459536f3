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
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.Cells;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ids and merging in batches made from requests. */
class OtlpDecoderTest {

  private static final KeyValue A = attribute("a");
  private static final KeyValue B = attribute("b");
  private static final LogRecord PLAIN = LogRecord.newBuilder().setTimeUnixNano(1).build();
  private static final LogRecord WITH_ATTRIBUTE =
      LogRecord.newBuilder().addAttributes(attribute("k")).build();

  @Test
  void aRequestWithoutRecordsIsNoBatch() throws IOException {
    assertThat(decode(resource("", List.of(A), scope("s")))).isEmpty();
  }

  @Test
  void equalResourcesAreMergedWhateverTheOrderOfTheirAttributes() throws IOException {
    OtapBatch batch =
        single(
            resource("", List.of(A, B), scope("s", PLAIN)),
            resource("", List.of(A), scope("s", PLAIN)),
            resource("", List.of(B, A), scope("s", PLAIN), scope("t", PLAIN)),
            resource("url", List.of(A, B), scope("s", PLAIN)));
    assertThat(ids(batch.root(), "resource.id")).containsExactly(0, 1, 0, 0, 2);
    assertThat(ids(batch.root(), "scope.id")).containsExactly(0, 1, 0, 2, 3);
    assertThat(ids(batch.table(PayloadType.RESOURCE_ATTRS), "parent_id"))
        .containsExactly(0, 0, 1, 2, 2);
  }

  @Test
  void onlyLogsWithAttributesHaveAnId() throws IOException {
    OtapBatch batch =
        single(resource("", List.of(), scope("", PLAIN, WITH_ATTRIBUTE, PLAIN, WITH_ATTRIBUTE)));
    assertThat(ids(batch.root(), "id")).containsExactly(Cells.NO_ID, 0, Cells.NO_ID, 1);
    assertThat(ids(batch.table(PayloadType.LOG_ATTRS), "parent_id")).containsExactly(0, 1);
  }

  @Test
  void resourcesWithoutRecordsTakeNoId() throws IOException {
    OtapBatch batch =
        single(resource("", List.of(A), scope("s")), resource("", List.of(B), scope("s", PLAIN)));
    assertThat(ids(batch.root(), "resource.id")).containsExactly(0);
    assertThat(batch.table(PayloadType.RESOURCE_ATTRS).rows()).isEqualTo(1);
  }

  @Test
  void valuesNestSixtyFourDeepAndNoDeeper() throws IOException {
    AnyValue value = AnyValue.newBuilder().setIntValue(7).build();
    for (int depth = 1; depth <= 64; depth++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    LogRecord deep = LogRecord.newBuilder().setBody(value).build();
    OtapBatch batch = single(resource("", List.of(), scope("", deep)));
    assertThat(
            OtlpRequests.logs(batch).getResourceLogs(0).getScopeLogs(0).getLogRecords(0).getBody())
        .isEqualTo(value);

    AnyValue deeper =
        AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    LogRecord tooDeep = LogRecord.newBuilder().setBody(deeper).build();
    assertThatThrownBy(() -> decode(resource("", List.of(), scope("", tooDeep))))
        .asInstanceOf(type(OtapException.class))
        .extracting(OtapException::kind)
        .isEqualTo(OtapErrorKind.WIRE);
  }

  private static KeyValue attribute(String key) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue("v"))
        .build();
  }

  private static ScopeLogs scope(String name, LogRecord... records) {
    return ScopeLogs.newBuilder()
        .setScope(InstrumentationScope.newBuilder().setName(name))
        .addAllLogRecords(List.of(records))
        .build();
  }

  private static ResourceLogs resource(String url, List<KeyValue> attributes, ScopeLogs... scopes) {
    return ResourceLogs.newBuilder()
        .setSchemaUrl(url)
        .setResource(Resource.newBuilder().addAllAttributes(attributes))
        .addAllScopeLogs(List.of(scopes))
        .build();
  }

  private static OtapBatch single(ResourceLogs... resources) throws IOException {
    List<OtapBatch> batches = decode(resources);
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }

  private static List<OtapBatch> decode(ResourceLogs... resources) throws IOException {
    return OtlpDecoder.decode(
        ExportLogsServiceRequest.newBuilder().addAllResourceLogs(List.of(resources)).build());
  }

  private static List<Integer> ids(OtapTable table, String column) {
    return IntStream.range(0, table.rows())
        .mapToObj(row -> Cells.id(table.intVector(column), row))
        .toList();
  }
}

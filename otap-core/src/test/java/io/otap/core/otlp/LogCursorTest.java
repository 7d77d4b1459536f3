/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.batch.AttributeCursor;
import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.Recovery;
import io.otap.core.model.AttributeType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cursor shows what was in the request. */
class LogCursorTest {

  @Test
  void showsRandomRequestsAsTheyAre() throws IOException {
    for (long seed = 0; seed < 100; seed++) {
      ExportLogsServiceRequest request = new RandomRequests(seed).logs();
      for (OtapBatch batch : OtlpDecoder.decode(request)) {
        LogCursor cursor = LogCursor.of(batch);
        for (ResourceLogs resource : request.getResourceLogsList()) {
          for (ScopeLogs scope : resource.getScopeLogsList()) {
            for (LogRecord record : scope.getLogRecordsList()) {
              assertThat(cursor.next()).isTrue();
              check(cursor, record);
              assertThat(cursor.resourceSchemaUrl()).isEqualTo(resource.getSchemaUrl());
              attributes(cursor.resourceAttributes(), resource.getResource().getAttributesList());
              assertThat(cursor.scopeName()).isEqualTo(scope.getScope().getName());
              assertThat(cursor.scopeVersion()).isEqualTo(scope.getScope().getVersion());
              assertThat(cursor.scopeSchemaUrl()).isEqualTo(scope.getSchemaUrl());
              attributes(cursor.scopeAttributes(), scope.getScope().getAttributesList());
              assertThat(cursor.resourceRecovery()).isEqualTo(Recovery.C1);
              assertThat(cursor.scopeRecovery()).isEqualTo(Recovery.C1);
            }
          }
        }
        assertThat(cursor.next()).isFalse();
      }
    }
  }

  private static void check(LogCursor cursor, LogRecord record) {
    assertThat(cursor.timeUnixNano()).isEqualTo(record.getTimeUnixNano());
    assertThat(cursor.observedTimeUnixNano()).isEqualTo(record.getObservedTimeUnixNano());
    assertThat(cursor.severityNumber()).isEqualTo(record.getSeverityNumberValue());
    assertThat(cursor.severityText()).isEqualTo(record.getSeverityText());
    assertThat(cursor.traceId()).isEqualTo(record.getTraceId().toByteArray());
    assertThat(cursor.hasTraceId()).isEqualTo(isSet(record.getTraceId()));
    assertThat(cursor.spanId()).isEqualTo(record.getSpanId().toByteArray());
    assertThat(cursor.hasSpanId()).isEqualTo(isSet(record.getSpanId()));
    assertThat(cursor.eventName()).isEqualTo(record.getEventName());
    assertThat(cursor.flags()).isEqualTo(record.getFlags());
    assertThat(cursor.droppedAttributesCount())
        .isEqualTo(Integer.toUnsignedLong(record.getDroppedAttributesCount()));
    body(cursor, record);
    attributes(cursor.attributes(), record.getAttributesList());
    assertThat(cursor.attribute("no such key".getBytes(UTF_8))).isEqualTo(-1);
  }

  private static void body(LogCursor cursor, LogRecord record) {
    AnyValue body = record.getBody();
    switch (cursor.bodyType()) {
      case EMPTY -> assertThat(record.hasBody()).isFalse();
      case STRING -> assertThat(cursor.bodyString()).isEqualTo(body.getStringValue());
      case INT -> assertThat(cursor.bodyInt()).isEqualTo(body.getIntValue());
      case DOUBLE -> assertThat(cursor.bodyDouble()).isEqualTo((Double) body.getDoubleValue());
      case BOOL -> assertThat(cursor.bodyBool()).isEqualTo(body.getBoolValue());
      case BYTES -> assertThat(cursor.bodyBytes()).isEqualTo(body.getBytesValue().toByteArray());
      case MAP, SLICE -> assertThat(cursor.bodySerialized()).isNotEmpty();
    }
  }

  private static boolean isSet(ByteString id) {
    return !id.equals(ByteString.copyFrom(new byte[id.size()]));
  }

  /** Equal resources have their attributes in the order of the first; so values go by key. */
  private static void attributes(AttributeCursor cursor, List<KeyValue> expected) {
    assertThat(cursor.count()).isEqualTo(expected.size());
    Map<String, AnyValue> first = new HashMap<>();
    expected.forEach(kv -> first.putIfAbsent(kv.getKey(), kv.getValue()));
    int seen = 0;
    while (cursor.next()) {
      assertThat(first).containsKey(cursor.key());
      seen++;
    }
    assertThat(seen).isEqualTo(expected.size());
    first.forEach(
        (key, value) -> {
          assertThat(cursor.find(key.getBytes(UTF_8))).isTrue();
          assertThat(cursor.hasKey(key.getBytes(UTF_8))).isTrue();
          value(cursor, value);
        });
  }

  private static void value(AttributeCursor cursor, AnyValue value) {
    AttributeType type = cursor.type();
    switch (value.getValueCase()) {
      case STRING_VALUE -> {
        assertThat(type).isEqualTo(AttributeType.STRING);
        assertThat(cursor.stringValue()).isEqualTo(value.getStringValue());
        assertThat(cursor.isString(value.getStringValue().getBytes(UTF_8))).isTrue();
      }
      case INT_VALUE -> assertThat(cursor.intValue()).isEqualTo(value.getIntValue());
      case DOUBLE_VALUE ->
          assertThat(cursor.doubleValue()).isEqualTo((Double) value.getDoubleValue());
      case BOOL_VALUE -> assertThat(cursor.boolValue()).isEqualTo(value.getBoolValue());
      case BYTES_VALUE ->
          assertThat(cursor.bytesValue()).isEqualTo(value.getBytesValue().toByteArray());
      case ARRAY_VALUE -> assertThat(type).isEqualTo(AttributeType.SLICE);
      case KVLIST_VALUE -> assertThat(type).isEqualTo(AttributeType.MAP);
      default -> assertThat(type).isEqualTo(AttributeType.EMPTY);
    }
  }
}

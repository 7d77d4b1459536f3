/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.AttributeCursor;
import io.otap.core.batch.RecordCursor;
import io.otap.core.batch.Recovery;
import io.otap.core.model.AttributeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what the cursors of all signals show with the messages. */
final class CursorChecks {

  private CursorChecks() {}

  static void resource(RecordCursor cursor, Resource resource, String schemaUrl) {
    assertThat(cursor.resourceSchemaUrl()).isEqualTo(schemaUrl);
    assertThat(cursor.resourceDroppedAttributesCount())
        .isEqualTo(Integer.toUnsignedLong(resource.getDroppedAttributesCount()));
    assertThat(cursor.resourceRecovery()).isEqualTo(Recovery.C1);
    attributes(cursor.resourceAttributes(), resource.getAttributesList());
  }

  static void scope(RecordCursor cursor, InstrumentationScope scope, String schemaUrl) {
    assertThat(cursor.scopeName()).isEqualTo(scope.getName());
    assertThat(cursor.scopeVersion()).isEqualTo(scope.getVersion());
    assertThat(cursor.scopeSchemaUrl()).isEqualTo(schemaUrl);
    assertThat(cursor.scopeDroppedAttributesCount())
        .isEqualTo(Integer.toUnsignedLong(scope.getDroppedAttributesCount()));
    assertThat(cursor.scopeRecovery()).isEqualTo(Recovery.C1);
    attributes(cursor.scopeAttributes(), scope.getAttributesList());
  }

  static boolean hasId(ByteString id) {
    return !id.equals(ByteString.copyFrom(new byte[id.size()]));
  }

  /** Equal resources have their attributes in the order of the first; so values go by key. */
  static void attributes(AttributeCursor cursor, List<KeyValue> expected) {
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

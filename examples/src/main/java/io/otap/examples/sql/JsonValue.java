/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.io.StringWriter;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.Row;
import org.apache.flink.types.variant.Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Values as JSON: rows as objects, maps as objects sorted by key, bytes in base64, times as ISO
 * 8601 in UTC; what no JSON number can be (NaN, infinities) as a string.
 */
final class JsonValue {

  static final JsonFactory FACTORY = new JsonFactory();

  private JsonValue() {}

  static String text(Object value, LogicalType type) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(value, type, json);
    }
    return text.toString();
  }

  static void write(Object value, LogicalType type, JsonGenerator json) {
    if (value == null) {
      json.writeNull();
      return;
    }
    switch (type.getTypeRoot()) {
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case TINYINT, SMALLINT, INTEGER, BIGINT -> json.writeNumber(((Number) value).longValue());
      case DECIMAL -> json.writeNumber((BigDecimal) value);
      case FLOAT, DOUBLE -> floating((Number) value, json);
      case BINARY, VARBINARY -> json.writeBinary((byte[]) value);
      case ARRAY -> array(value, ((ArrayType) type).getElementType(), json);
      case MAP -> {
        MapType map = (MapType) type;
        map((Map<?, ?>) value, map.getValueType(), json);
      }
      case MULTISET -> map((Map<?, ?>) value, new IntType(), json);
      case ROW, STRUCTURED_TYPE -> row((Row) value, type, json);
      case VARIANT -> json.writeRawValue(((Variant) value).toJson());
      default -> json.writeString(value.toString());
    }
  }

  static void row(Row row, LogicalType type, JsonGenerator json) {
    List<String> names = LogicalTypeChecks.getFieldNames(type);
    List<LogicalType> types = LogicalTypeChecks.getFieldTypes(type);
    json.writeStartObject();
    for (int i = 0; i < names.size(); i++) {
      json.writeName(names.get(i));
      write(row.getField(i), types.get(i), json);
    }
    json.writeEndObject();
  }

  private static void array(Object array, LogicalType element, JsonGenerator json) {
    json.writeStartArray();
    for (int i = 0; i < Array.getLength(array); i++) {
      write(Array.get(array, i), element, json);
    }
    json.writeEndArray();
  }

  private static void map(Map<?, ?> map, LogicalType valueType, JsonGenerator json) {
    json.writeStartObject();
    map.entrySet().stream()
        .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
        .forEach(
            entry -> {
              json.writeName(String.valueOf(entry.getKey()));
              write(entry.getValue(), valueType, json);
            });
    json.writeEndObject();
  }

  private static void floating(Number value, JsonGenerator json) {
    if (!Double.isFinite(value.doubleValue())) {
      json.writeString(value.toString());
    } else if (value instanceof Float single) {
      json.writeNumber(single);
    } else {
      json.writeNumber(value.doubleValue());
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.value;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.flink.annotation.Internal;

/** Values as text and as JSON. */
@Internal
public final class ValueText {

  private static final HexFormat HEX = HexFormat.of();

  private ValueText() {}

  /**
   * A string as it is, bytes in base64, anything else as JSON.
   *
   * @return null for an empty value
   */
  public static String of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BYTES_VALUE -> base64(value);
      case VALUE_NOT_SET -> null;
      default -> json(value);
    };
  }

  /**
   * JSON on one line. Ints are numbers however large, bytes are strings in base64, what is no
   * number of JSON is the string {@code NaN}, {@code Infinity} or {@code -Infinity}; keys keep
   * their order and may repeat.
   */
  public static String json(AnyValue value) {
    StringBuilder out = new StringBuilder();
    json(out, value);
    return out.toString();
  }

  /** A JSON string. */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    quote(out, text);
    return out.toString();
  }

  private static void json(StringBuilder out, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> quote(out, value.getStringValue());
      case BOOL_VALUE -> out.append(value.getBoolValue());
      case INT_VALUE -> out.append(value.getIntValue());
      case DOUBLE_VALUE -> {
        double number = value.getDoubleValue();
        if (Double.isFinite(number)) {
          out.append(number);
        } else {
          quote(out, Double.toString(number));
        }
      }
      case BYTES_VALUE -> quote(out, base64(value));
      case ARRAY_VALUE -> {
        String separator = "[";
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          out.append(separator);
          json(out, element);
          separator = ",";
        }
        out.append(separator.equals("[") ? "[]" : "]");
      }
      case KVLIST_VALUE -> {
        String separator = "{";
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
          out.append(separator);
          quote(out, entry.getKey());
          out.append(':');
          json(out, entry.getValue());
          separator = ",";
        }
        out.append(separator.equals("{") ? "{}" : "}");
      }
      default -> out.append("null");
    }
  }

  private static String base64(AnyValue value) {
    return Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u").append(HEX.toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Values as text that is equal exactly if the values are. Digests are taken of it, so it is the
 * same as that of the Python tool to the byte.
 */
final class CanonicalText {

  private static final HexFormat HEX = HexFormat.of();

  private CanonicalText() {}

  /** A JSON string of ASCII characters, as Python's {@code json.dumps} writes it. */
  static String json(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < ' ' || c > '~') {
            out.append("\\u").append(HEX.toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** A JSON array of elements that are JSON already. */
  static String jsonArray(String... elements) {
    return "[" + String.join(", ", elements) + "]";
  }

  static String float64(double value) {
    return Double.isNaN(value) ? "nan" : HEX.toHexDigits(Double.doubleToRawLongBits(value));
  }

  static String bytes(ByteString value) {
    return HEX.formatHex(value.toByteArray());
  }

  static String unsigned(int value) {
    return Integer.toUnsignedString(value);
  }

  static String unsigned(long value) {
    return Long.toUnsignedString(value);
  }

  /** An AnyValue; entries of a map are sorted. */
  static String anyValue(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> "s" + json(value.getStringValue());
      case INT_VALUE -> "i" + value.getIntValue();
      case DOUBLE_VALUE -> "d" + float64(value.getDoubleValue());
      case BOOL_VALUE -> value.getBoolValue() ? "b1" : "b0";
      case BYTES_VALUE -> "x" + bytes(value.getBytesValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(CanonicalText::anyValue)
              .collect(Collectors.joining(",", "[", "]"));
      case KVLIST_VALUE -> "{" + attributes(value.getKvlistValue().getValuesList()) + "}";
      case VALUE_NOT_SET -> "e";
      default -> "?" + bytes(value.toByteString());
    };
  }

  static String attributes(List<KeyValue> attributes) {
    return sorted(attributes, kv -> json(kv.getKey()) + ":" + anyValue(kv.getValue()));
  }

  static <T> String sorted(Collection<T> elements, Function<T, String> text) {
    return elements.stream().map(text).sorted().collect(Collectors.joining(","));
  }

  static <T> String joined(Collection<T> elements, Function<T, String> text) {
    return elements.stream().map(text).collect(Collectors.joining(","));
  }
}

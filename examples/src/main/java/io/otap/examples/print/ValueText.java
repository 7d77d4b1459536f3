/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Values as text on one line. */
final class ValueText {

  private static final long NANOS = 1_000_000_000L;

  private ValueText() {}

  /** A value with its type visible: strings in quotes, bytes in hex. */
  static String of(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> '"' + plain(value.getStringValue()) + '"';
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BYTES_VALUE -> "0x" + hex(value.getBytesValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(ValueText::of)
              .collect(Collectors.joining(", ", "[", "]"));
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(ValueText::of)
              .collect(Collectors.joining(", ", "{", "}"));
      default -> "(empty)";
    };
  }

  static String of(KeyValue attribute) {
    return plain(attribute.getKey()) + "=" + of(attribute.getValue());
  }

  /** A string as it is, anything else as {@link #of(AnyValue)}. */
  static String body(AnyValue value) {
    return value.hasStringValue()
        ? plain(value.getStringValue())
        : value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET ? "" : of(value);
  }

  /** Without control characters, which could break lines or steer a terminal. */
  static String plain(String text) {
    if (text.codePoints().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 8);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> plain.append("\\n");
                case '\r' -> plain.append("\\r");
                case '\t' -> plain.append("\\t");
                default -> {
                  if (Character.isISOControl(c)) {
                    plain.append(String.format("\\u%04x", c));
                  } else {
                    plain.appendCodePoint(c);
                  }
                }
              }
            });
    return plain.toString();
  }

  static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /** Nanoseconds since 1970 as ISO time; empty for 0, which stands for «not known». */
  static String time(long nanos) {
    return nanos == 0
        ? ""
        : Instant.ofEpochSecond(
                Long.divideUnsigned(nanos, NANOS), Long.remainderUnsigned(nanos, NANOS))
            .toString();
  }

  static String timeOrDash(long nanos) {
    return nanos == 0 ? "-" : time(nanos);
  }

  static void attributes(Lines lines, int indent, List<KeyValue> attributes) {
    for (KeyValue attribute : attributes) {
      lines.line(indent, "-> " + plain(attribute.getKey()) + ": " + of(attribute.getValue()));
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.util.Arrays;

/**
 * Nested values as CBOR of a {@code ser} column, as the engines write it (OTAP-FORMAT 2.8): arrays
 * and maps of indefinite length, ints in the shortest form, doubles in 64 bits.
 */
final class CborWriter {

  private static final int TEXT = 0x60;
  private static final int BYTES = 0x40;
  private static final int ARRAY = 0x9F;
  private static final int MAP = 0xBF;
  private static final int BREAK = 0xFF;
  private static final int FALSE = 0xF4;
  private static final int TRUE = 0xF5;
  private static final int NULL = 0xF6;
  private static final int DOUBLE = 0xFB;

  private byte[] buffer = new byte[256];
  private int size;

  /**
   * The bytes of an array or a map.
   *
   * @throws OtapException of kind WIRE if the value is nested deeper than {@link
   *     CborTokens#MAX_DEPTH}
   */
  byte[] write(AnyValue value) throws OtapException {
    size = 0;
    item(value, 0);
    return Arrays.copyOf(buffer, size);
  }

  private void item(AnyValue value, int depth) throws OtapException {
    switch (value.getValueCase()) {
      case STRING_VALUE -> string(TEXT, value.getStringValue().getBytes(UTF_8));
      case BYTES_VALUE -> string(BYTES, value.getBytesValue().toByteArray());
      case BOOL_VALUE -> one(value.getBoolValue() ? TRUE : FALSE);
      case INT_VALUE -> {
        long number = value.getIntValue();
        head(number < 0 ? 0x20 : 0, number < 0 ? ~number : number);
      }
      case DOUBLE_VALUE -> {
        one(DOUBLE);
        big(Double.doubleToRawLongBits(value.getDoubleValue()), 8);
      }
      case ARRAY_VALUE -> {
        open(ARRAY, depth + 1);
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          item(element, depth + 1);
        }
        one(BREAK);
      }
      case KVLIST_VALUE -> {
        open(MAP, depth + 1);
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
          string(TEXT, entry.getKey().getBytes(UTF_8));
          item(entry.getValue(), depth + 1);
        }
        one(BREAK);
      }
      default -> one(NULL);
    }
  }

  private void open(int head, int depth) throws OtapException {
    if (depth > CborTokens.MAX_DEPTH) {
      throw OtapException.of(
          OtapErrorKind.WIRE, "a value is nested deeper than " + CborTokens.MAX_DEPTH);
    }
    one(head);
  }

  private void string(int major, byte[] bytes) {
    head(major, bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void head(int major, long argument) {
    if (argument < 24) {
      one(major | (int) argument);
    } else if (argument < 1 << 8) {
      one(major | 24);
      big(argument, 1);
    } else if (argument < 1 << 16) {
      one(major | 25);
      big(argument, 2);
    } else if (argument < 1L << 32) {
      one(major | 26);
      big(argument, 4);
    } else {
      one(major | 27);
      big(argument, 8);
    }
  }

  private void big(long value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      one((int) (value >>> shift));
    }
  }

  private void one(int value) {
    reserve(1);
    buffer[size++] = (byte) value;
  }

  private void reserve(int bytes) {
    if (buffer.length - size < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(size, bytes)));
    }
  }
}

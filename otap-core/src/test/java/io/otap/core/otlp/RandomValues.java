/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values of fields, among them many that are easily lost. */
final class RandomValues {

  private static final String[] TEXTS = {
    "",
    "a",
    "GET",
    "straße",
    "日本語",
    "😀",
    "\u0000",
    "line\nbreak\t\"quoted\"\\",
    "\u007f\u0080",
    "x".repeat(200)
  };
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    23,
    24,
    255,
    256,
    65535,
    65536,
    -24,
    -25,
    -257,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 32,
    1_760_000_000_000_000_000L
  };
  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1.0,
    -1.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0.1
  };
  private static final String[] KEYS = {"", "k", "service.name", "http.method", "ключ", "k"};

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  String url() {
    return random.nextBoolean() ? "" : "https://opentelemetry.io/schemas/1." + random.nextInt(3);
  }

  long number() {
    return random.nextInt(3) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  /** An unsigned 32-bit number, mostly 0. */
  int count() {
    return random.nextInt(3) > 0 ? 0 : random.nextBoolean() ? random.nextInt(9) : random.nextInt();
  }

  double float64() {
    return random.nextInt(3) == 0 ? random.nextGaussian() : DOUBLES[random.nextInt(DOUBLES.length)];
  }

  /** An id with at least one bit, or none. */
  ByteString id(int size) {
    if (random.nextInt(3) == 0) {
      return ByteString.EMPTY;
    }
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    bytes[0] |= 1;
    return ByteString.copyFrom(bytes);
  }

  List<KeyValue> attributes() {
    List<KeyValue> out = new ArrayList<>();
    for (int i = random.nextInt(5) - 1; i > 0; i--) {
      out.add(entry(0));
    }
    return out;
  }

  AnyValue anyValue(boolean emptyAllowed) {
    return anyValue(0, emptyAllowed);
  }

  private KeyValue entry(int depth) {
    return KeyValue.newBuilder()
        .setKey(KEYS[random.nextInt(KEYS.length)])
        .setValue(anyValue(depth, true))
        .build();
  }

  private AnyValue anyValue(int depth, boolean emptyAllowed) {
    AnyValue.Builder out = AnyValue.newBuilder();
    int kinds = depth < 4 ? 7 : 5;
    switch (random.nextInt(emptyAllowed ? kinds + 1 : kinds)) {
      case 0 -> out.setStringValue(text());
      case 1 -> out.setIntValue(number());
      case 2 -> out.setDoubleValue(float64());
      case 3 -> out.setBoolValue(random.nextBoolean());
      case 4 -> out.setBytesValue(bytes());
      case 5 -> {
        if (depth < 4) {
          out.setArrayValue(array(depth));
        }
      }
      case 6 -> out.setKvlistValue(map(depth));
      default -> {}
    }
    return out.build();
  }

  private ByteString bytes() {
    byte[] bytes = new byte[random.nextInt(4) * random.nextInt(20)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private ArrayValue array(int depth) {
    ArrayValue.Builder array = ArrayValue.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.addValues(anyValue(depth + 1, true));
    }
    return array.build();
  }

  private KeyValueList map(int depth) {
    KeyValueList.Builder map = KeyValueList.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.addValues(entry(depth + 1));
    }
    return map.build();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.model.ColumnType;
import io.otap.core.select.AnyOf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The values of a condition as bytes, in the order of unsigned bytes. */
final class WantedValues {

  private final byte[][] sorted;

  private WantedValues(List<byte[]> sorted) {
    this.sorted = sorted.toArray(new byte[0][]);
  }

  /** Of a column of this type; what is no number in hexadecimal digits is no id. */
  static WantedValues of(AnyOf any, ColumnType type) {
    return new WantedValues(
        any.values().stream()
            .map(value -> type == ColumnType.UTF8 ? text(value) : id(value))
            .filter(Objects::nonNull)
            .sorted(Arrays::compareUnsigned)
            .toList());
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] id(String value) {
    try {
      return HexFormat.of().parseHex(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  boolean contains(byte[] data, int from, int to) {
    int lo = 0;
    int hi = sorted.length - 1;
    while (lo <= hi) {
      int mid = (lo + hi) >>> 1;
      int order = Arrays.compareUnsigned(sorted[mid], 0, sorted[mid].length, data, from, to);
      if (order == 0) {
        return true;
      }
      lo = order < 0 ? mid + 1 : lo;
      hi = order < 0 ? hi : mid - 1;
    }
    return false;
  }

  /** Whether one of the values lies between these. */
  boolean meets(byte[] low, byte[] high) {
    for (byte[] value : sorted) {
      if (Arrays.compareUnsigned(low, value) <= 0 && Arrays.compareUnsigned(value, high) <= 0) {
        return true;
      }
    }
    return false;
  }
}

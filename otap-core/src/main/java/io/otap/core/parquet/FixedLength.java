/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;

/**
 * The two layouts of fixed-length values in today's files: the format's own, values one behind the
 * other, and one with the length as 4 bytes in front of each, which the engine's exporter writes
 * for columns that its first batch had as a dictionary. Nothing in schema or statistics tells; the
 * bytes of a page do, exactly (ENGINE-OBSERVED 4).
 */
final class FixedLength {

  private static final int PREFIX = 4;

  private FixedLength() {}

  /** Bytes from one value to the next: the length, or 4 more if each value has a prefix. */
  static int step(byte[] bytes, int from, int size, int values, int length) throws IOException {
    if (size == (long) values * length) {
      return length;
    }
    boolean prefixed = size == (long) values * (length + PREFIX);
    for (int i = 0; prefixed && i < values; i++) {
      int at = from + i * (length + PREFIX);
      prefixed = (int) (long) BitUnpacker.LONG.get(bytes, at) == length;
    }
    if (!prefixed) {
      throw OtapException.of(
          CORRUPT,
          values
              + " values of "
              + length
              + " bytes take "
              + size
              + " bytes, which is neither the plain layout nor the one with a length before each;"
              + " copy the file again");
    }
    return length + PREFIX;
  }
}

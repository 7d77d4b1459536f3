/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import org.apache.parquet.format.Type;

/** Encoding BYTE_STREAM_SPLIT: first bytes of all values, then all second bytes, and so on. */
final class SplitValues extends PageValues {

  private final byte[] bytes;
  private final int from;
  private final int width;
  private final int values;
  private int at;

  SplitValues(Leaf leaf, byte[] bytes, int from, int end) throws IOException {
    this.bytes = bytes;
    this.from = from;
    this.width =
        leaf.type() == Type.INT32
            ? 4
            : leaf.type() == Type.FIXED_LEN_BYTE_ARRAY ? leaf.length() : 8;
    this.values = (end - from) / width;
    if (values * width != end - from) {
      throw OtapException.of(
          CORRUPT, "a page of " + (end - from) + " bytes of values of " + width + " bytes");
    }
  }

  private int take(int n) throws IOException {
    if (n > values - at) {
      throw OtapException.of(CORRUPT, "a page ends before its values do");
    }
    int first = at;
    at += n;
    return first;
  }

  private long word(int i) {
    long word = 0;
    for (int b = width - 1; b >= 0; b--) {
      word = word << 8 | bytes[from + b * values + i] & 0xff;
    }
    return word;
  }

  @Override
  void ints(int[] out, int off, int n) throws IOException {
    int first = take(n);
    for (int i = 0; i < n; i++) {
      out[off + i] = (int) word(first + i);
    }
  }

  @Override
  void longs(long[] out, int off, int n) throws IOException {
    int first = take(n);
    for (int i = 0; i < n; i++) {
      out[off + i] = word(first + i);
    }
  }

  @Override
  void doubles(double[] out, int off, int n) throws IOException {
    int first = take(n);
    for (int i = 0; i < n; i++) {
      out[off + i] = Double.longBitsToDouble(word(first + i));
    }
  }

  @Override
  void binaries(BinaryPlain out, int n) throws IOException {
    int first = take(n);
    byte[] value = new byte[width];
    out.ensureEntries(n);
    for (int i = 0; i < n; i++) {
      for (int b = 0; b < width; b++) {
        value[b] = bytes[from + b * values + first + i];
      }
      out.add(value, 0, width);
    }
  }

  @Override
  void skip(int n) throws IOException {
    take(n);
  }
}

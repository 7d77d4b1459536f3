/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Pieces of an array, in their order. */
final class Ranges {

  private int[] borders = new int[8];
  private int count;
  private int bytes;

  void add(int from, int to) {
    if (2 * count == borders.length) {
      borders = Arrays.copyOf(borders, 2 * borders.length);
    }
    borders[2 * count] = from;
    borders[2 * count + 1] = to;
    count++;
    bytes += to - from;
  }

  int count() {
    return count;
  }

  int from(int i) {
    return borders[2 * i];
  }

  int to(int i) {
    return borders[2 * i + 1];
  }

  /** Bytes of all pieces together. */
  int bytes() {
    return bytes;
  }

  void copy(byte[] source, CodedOutputStream out) throws IOException {
    for (int i = 0; i < count; i++) {
      out.writeRawBytes(source, from(i), to(i) - from(i));
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads arrays that {@link BufferOutput} wrote. An array grows as its bytes arrive, so that a false
 * length ends at the end of the input and not in the heap.
 */
final class BufferInput {

  /** Values that are allocated on the word of a length alone. */
  static final int TRUSTED = 1 << 16;

  private final DataInput in;
  private final byte[] block = new byte[BufferOutput.BLOCK];

  BufferInput(DataInput in) {
    this.in = in;
  }

  String string() throws IOException {
    return new String(bytes(in.readInt()), StandardCharsets.UTF_8);
  }

  byte[] bytes(int count) throws IOException {
    checkLength(count);
    byte[] values = new byte[Math.min(count, TRUSTED)];
    int at = 0;
    while (at < count) {
      if (at == values.length) {
        values = Arrays.copyOf(values, grown(at, count));
      }
      in.readFully(values, at, values.length - at);
      at = values.length;
    }
    return values;
  }

  /** As many values behind {@code lead} zeros. */
  int[] ints(int lead, int count) throws IOException {
    checkLength(count);
    checkLength(lead + count);
    int[] values = new int[lead + Math.min(count, TRUSTED)];
    int at = 0;
    while (at < count) {
      int n = Math.min(count - at, BufferOutput.BLOCK >>> 2);
      in.readFully(block, 0, n << 2);
      if (lead + at + n > values.length) {
        values = Arrays.copyOf(values, lead + grown(at + n, count));
      }
      for (int i = 0; i < n; i++) {
        values[lead + at + i] = (int) BufferOutput.INT.get(block, i << 2);
      }
      at += n;
    }
    return values;
  }

  long[] longs(int count) throws IOException {
    checkLength(count);
    long[] values = new long[Math.min(count, TRUSTED)];
    int at = 0;
    while (at < count) {
      int n = Math.min(count - at, BufferOutput.BLOCK >>> 3);
      in.readFully(block, 0, n << 3);
      if (at + n > values.length) {
        values = Arrays.copyOf(values, grown(at + n, count));
      }
      for (int i = 0; i < n; i++) {
        values[at + i] = (long) BufferOutput.LONG.get(block, i << 3);
      }
      at += n;
    }
    return values;
  }

  double[] doubles(int count) throws IOException {
    checkLength(count);
    double[] values = new double[Math.min(count, TRUSTED)];
    int at = 0;
    while (at < count) {
      int n = Math.min(count - at, BufferOutput.BLOCK >>> 3);
      in.readFully(block, 0, n << 3);
      if (at + n > values.length) {
        values = Arrays.copyOf(values, grown(at + n, count));
      }
      for (int i = 0; i < n; i++) {
        values[at + i] = Double.longBitsToDouble((long) BufferOutput.LONG.get(block, i << 3));
      }
      at += n;
    }
    return values;
  }

  static int grown(int have, int count) {
    return (int) Math.min(count, Math.max(2L * have, TRUSTED));
  }

  static void checkLength(int count) throws IOException {
    if (count < 0) {
      throw OtapBatchCodec.corrupt("a buffer cannot have the length " + count);
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static io.otap.core.batch.BufferOutput.BLOCK;
import static io.otap.core.batch.BufferOutput.INT;
import static io.otap.core.batch.BufferOutput.LONG;
import static io.otap.core.batch.PackedOutput.SHORT;

import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;

/** Reads what {@link PackedOutput} wrote. */
final class PackedInput {

  private final DataInput in;
  private final byte[] block = new byte[BLOCK];

  PackedInput(DataInput in) {
    this.in = in;
  }

  /**
   * @param length of the array, at least {@code count}; memory beyond a bound is taken only for
   *     numbers that are there
   */
  int[] ints(int count, int length) throws IOException {
    int width = width(count, 4);
    int min = in.readInt();
    int[] values = new int[BufferInput.grown(0, length)];
    if (width == 0) {
      Arrays.fill(values, 0, count, min);
    }
    int most = width == 0 ? 0 : BLOCK / width;
    for (int from = 0, to; width > 0 && from < count; from = to) {
      to = Math.min(count, from + most);
      int n = to - from;
      in.readFully(block, 0, n * width);
      values = to > values.length ? Arrays.copyOf(values, BufferInput.grown(to, length)) : values;
      for (int i = 0; width == 1 && i < n; i++) {
        values[from + i] = min + (block[i] & 0xff);
      }
      for (int i = 0; width == 2 && i < n; i++) {
        values[from + i] = min + ((short) SHORT.get(block, i << 1) & 0xffff);
      }
      for (int i = 0; width == 4 && i < n; i++) {
        values[from + i] = min + (int) INT.get(block, i << 2);
      }
    }
    return values.length < length ? Arrays.copyOf(values, length) : values;
  }

  /** As {@link #ints}. */
  long[] longs(int count, int length) throws IOException {
    int width = width(count, 8);
    long min = in.readLong();
    long[] values = new long[BufferInput.grown(0, length)];
    if (width == 0) {
      Arrays.fill(values, 0, count, min);
    }
    int most = width == 0 ? 0 : BLOCK / width;
    for (int from = 0, to; width > 0 && from < count; from = to) {
      to = Math.min(count, from + most);
      int n = to - from;
      in.readFully(block, 0, n * width);
      values = to > values.length ? Arrays.copyOf(values, BufferInput.grown(to, length)) : values;
      for (int i = 0; width == 1 && i < n; i++) {
        values[from + i] = min + (block[i] & 0xff);
      }
      for (int i = 0; width == 2 && i < n; i++) {
        values[from + i] = min + ((short) SHORT.get(block, i << 1) & 0xffff);
      }
      for (int i = 0; width == 4 && i < n; i++) {
        values[from + i] = min + ((int) INT.get(block, i << 2) & 0xffff_ffffL);
      }
      for (int i = 0; width == 8 && i < n; i++) {
        values[from + i] = min + (long) LONG.get(block, i << 3);
      }
    }
    return values.length < length ? Arrays.copyOf(values, length) : values;
  }

  private int width(int count, int most) throws IOException {
    int width = in.readUnsignedByte();
    boolean known = width <= most && (width & width - 1) == 0;
    if (!known || width == 0 && count > PackedOutput.MOST_WITHOUT_BYTES) {
      throw OtapBatchCodec.corrupt(count + " numbers cannot have " + width + " bytes each");
    }
    return width;
  }
}

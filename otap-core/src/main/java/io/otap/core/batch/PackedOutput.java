/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static io.otap.core.batch.BufferOutput.BLOCK;
import static io.otap.core.batch.BufferOutput.INT;
import static io.otap.core.batch.BufferOutput.LONG;

import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes whole numbers packed: how many bytes each takes, the smallest, and what each is larger
 * than that. Equal numbers take no bytes.
 */
final class PackedOutput {

  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * More equal numbers take a byte each, so that what is read is never much more than its bytes.
   */
  static final int MOST_WITHOUT_BYTES = 1 << 16;

  private final DataOutput out;
  private final byte[] block = new byte[BLOCK];

  PackedOutput(DataOutput out) {
    this.out = out;
  }

  void ints(int[] values, int count) throws IOException {
    int min = count == 0 ? 0 : Integer.MAX_VALUE;
    int max = count == 0 ? 0 : Integer.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    int width = width((long) max - min, count);
    out.writeByte(width);
    out.writeInt(min);
    int most = width == 0 ? 0 : BLOCK / width;
    for (int from = 0, to; width > 0 && from < count; from = to) {
      to = Math.min(count, from + most);
      int n = to - from;
      for (int i = 0; width == 1 && i < n; i++) {
        block[i] = (byte) (values[from + i] - min);
      }
      for (int i = 0; width == 2 && i < n; i++) {
        SHORT.set(block, i << 1, (short) (values[from + i] - min));
      }
      for (int i = 0; width == 4 && i < n; i++) {
        INT.set(block, i << 2, values[from + i] - min);
      }
      out.write(block, 0, n * width);
    }
  }

  void longs(long[] values, int count) throws IOException {
    long min = count == 0 ? 0 : Long.MAX_VALUE;
    long max = count == 0 ? 0 : Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    int width = width(max - min, count);
    out.writeByte(width);
    out.writeLong(min);
    int most = width == 0 ? 0 : BLOCK / width;
    for (int from = 0, to; width > 0 && from < count; from = to) {
      to = Math.min(count, from + most);
      int n = to - from;
      for (int i = 0; width == 1 && i < n; i++) {
        block[i] = (byte) (values[from + i] - min);
      }
      for (int i = 0; width == 2 && i < n; i++) {
        SHORT.set(block, i << 1, (short) (values[from + i] - min));
      }
      for (int i = 0; width == 4 && i < n; i++) {
        INT.set(block, i << 2, (int) (values[from + i] - min));
      }
      for (int i = 0; width == 8 && i < n; i++) {
        LONG.set(block, i << 3, values[from + i] - min);
      }
      out.write(block, 0, n * width);
    }
  }

  /**
   * @param spread largest number less the smallest; negative if that is beyond a long
   */
  private static int width(long spread, int count) {
    if (spread == 0 && count <= MOST_WITHOUT_BYTES) {
      return 0;
    }
    if (spread >>> 8 == 0) {
      return 1;
    }
    if (spread >>> 16 == 0) {
      return 2;
    }
    return spread >>> 32 == 0 ? 4 : 8;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes arrays in blocks of bytes, little endian: one call of the output for many values. */
final class BufferOutput {

  static final int BLOCK = 1 << 13;

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final DataOutput out;
  private final byte[] block = new byte[BLOCK];

  BufferOutput(DataOutput out) {
    this.out = out;
  }

  void string(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  void longs(long[] values, int count) throws IOException {
    int at = 0;
    while (at < count) {
      int n = Math.min(count - at, BLOCK >>> 3);
      for (int i = 0; i < n; i++) {
        LONG.set(block, i << 3, values[at + i]);
      }
      out.write(block, 0, n << 3);
      at += n;
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import io.otap.core.batch.BinaryVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The strings of a column copied one behind the other, as formats without dictionaries hold them.
 */
final class StringCopy {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Short strings are copied as so many bytes, whatever their length. */
  private static final int WORDS = 2 * Long.BYTES;

  private int[] offsets = new int[1];
  private byte[] data = new byte[1024];

  /** Copies all values; what was copied before is overwritten. */
  long copy(BinaryVector vector) {
    int rows = vector.length();
    if (offsets.length <= rows) {
      offsets = new int[rows + 1];
    }
    byte[] source = vector.data();
    int[] entries = vector.offsets();
    int[] ids = vector.ids();
    int at = 0;
    for (int row = 0; row < rows; row++) {
      if (!vector.isNull(row)) {
        int entry = ids == null ? row : ids[row];
        int start = entries[entry];
        int size = entries[entry + 1] - start;
        if (data.length - at < size + WORDS) {
          data = Arrays.copyOf(data, 2 * (at + size + WORDS));
        }
        if (size <= WORDS && start <= source.length - WORDS) {
          LONGS.set(data, at, (long) LONGS.get(source, start));
          LONGS.set(data, at + Long.BYTES, (long) LONGS.get(source, start + Long.BYTES));
        } else {
          System.arraycopy(source, start, data, at, size);
        }
        at += size;
      }
      offsets[row + 1] = at;
    }
    return at;
  }
}

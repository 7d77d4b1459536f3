/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import io.otap.core.batch.BinaryVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The strings of a column copied one behind the other, as formats without dictionaries hold them.
 */
final class StringCopy {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Strings up to this size are copied as so many bytes, whatever their length. */
  private static final int SHORT = 32;

  /**
   * Dictionaries up to this size get room behind, so that their last strings are copied so, too.
   */
  private static final int SMALL = 8192;

  private final byte[] small = new byte[SMALL + SHORT];
  private int[] ends = new int[1];
  private byte[] data = new byte[1024];

  /** Copies all values; what was copied before is overwritten. */
  long copy(BinaryVector vector) {
    int rows = vector.length();
    if (ends.length <= rows) {
      ends = new int[rows + 1];
    }
    int size = size(vector);
    if (data.length < size + SHORT) {
      data = new byte[2 * (size + SHORT)];
    }
    if (vector.ids() == null) {
      System.arraycopy(vector.data(), vector.offsets()[0], data, 0, size);
      return size;
    }
    if (vector.offsets().length == 2 && vector.validity() == null) {
      repeat(vector.data(), vector.offsets()[0], size / rows, rows);
    } else {
      copy(withRoom(vector.data()), vector.offsets(), vector.ids(), vector.validity(), rows);
    }
    return size;
  }

  /** Notes where each string ends, and tells their size. */
  private int size(BinaryVector vector) {
    int[] offsets = vector.offsets();
    int[] ids = vector.ids();
    long[] validity = vector.validity();
    int rows = vector.length();
    if (ids == null) {
      for (int row = 0; row <= rows; row++) {
        ends[row] = offsets[row] - offsets[0];
      }
      return ends[rows];
    }
    ends[0] = 0;
    return validity == null
        ? sizes(offsets, ids, ends, rows)
        : sizes(offsets, ids, validity, ends, rows);
  }

  private static int sizes(int[] offsets, int[] ids, int[] ends, int rows) {
    int at = 0;
    for (int row = 0; row < rows; row++) {
      at += offsets[ids[row] + 1] - offsets[ids[row]];
      ends[row + 1] = at;
    }
    return at;
  }

  private static int sizes(int[] offsets, int[] ids, long[] validity, int[] ends, int rows) {
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int size = offsets[ids[row] + 1] - offsets[ids[row]];
      at += size & -(int) (validity[row >>> 6] >>> row & 1);
      ends[row + 1] = at;
    }
    return at;
  }

  private void repeat(byte[] source, int from, int size, int times) {
    System.arraycopy(source, from, data, 0, size);
    int end = size * times;
    for (int done = size; done < end; done *= 2) {
      System.arraycopy(data, 0, data, done, Math.min(done, end - done));
    }
  }

  private void copy(byte[] source, int[] offsets, int[] ids, long[] validity, int rows) {
    byte[] target = data;
    int[] starts = ends;
    if (validity == null) {
      for (int row = 0; row < rows; row++) {
        copy(source, offsets[ids[row]], target, starts[row], starts[row + 1] - starts[row]);
      }
      return;
    }
    for (int from = 0; from < rows; from += Long.SIZE) {
      for (long bits = validity[from >>> 6]; bits != 0; bits &= bits - 1) {
        int row = from + Long.numberOfTrailingZeros(bits);
        copy(source, offsets[ids[row]], target, starts[row], starts[row + 1] - starts[row]);
      }
    }
  }

  private static void copy(byte[] source, int start, byte[] target, int at, int size) {
    if (size > SHORT || start > source.length - SHORT) {
      System.arraycopy(source, start, target, at, size);
      return;
    }
    LONGS.set(target, at, (long) LONGS.get(source, start));
    LONGS.set(target, at + 8, (long) LONGS.get(source, start + 8));
    if (size > SHORT / 2) {
      LONGS.set(target, at + 16, (long) LONGS.get(source, start + 16));
      LONGS.set(target, at + 24, (long) LONGS.get(source, start + 24));
    }
  }

  private byte[] withRoom(byte[] source) {
    if (source.length > SMALL) {
      return source;
    }
    System.arraycopy(source, 0, small, 0, source.length);
    return small;
  }
}

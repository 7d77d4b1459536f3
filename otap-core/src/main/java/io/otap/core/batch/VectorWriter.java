/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Byte form of vectors: validity, then the buffers. */
final class VectorWriter {

  static final int PLAIN = 0;
  static final int DICTIONARY = 1;

  private final BufferOutput buffers;
  private final DataOutput out;

  VectorWriter(BufferOutput buffers, DataOutput out) {
    this.buffers = buffers;
    this.out = out;
  }

  void write(Vector vector) throws IOException {
    int length = vector.length();
    out.writeBoolean(vector.hasNulls());
    if (vector.hasNulls()) {
      buffers.longs(vector.validity(), (length + 63) >>> 6);
    }
    if (vector instanceof ByteVector bytes) {
      out.write(bytes.values(), 0, length);
    } else if (vector instanceof IntVector ints) {
      buffers.ints(ints.values(), 0, length, 0);
    } else if (vector instanceof LongVector longs) {
      buffers.longs(longs.values(), length);
    } else if (vector instanceof DoubleVector doubles) {
      buffers.doubles(doubles.values(), length);
    } else if (vector instanceof BinaryVector binary) {
      binary(binary);
    } else if (vector instanceof ListVector list) {
      list(list);
    }
  }

  private void binary(BinaryVector vector) throws IOException {
    if (vector.hasDictionary()) {
      dictionary(vector);
      return;
    }
    int[] offsets = vector.offsets();
    int length = vector.length();
    out.writeByte(PLAIN);
    buffers.ints(offsets, 1, length + 1, offsets[0]);
    out.write(vector.data(), offsets[0], offsets[length] - offsets[0]);
  }

  private void dictionary(BinaryVector vector) throws IOException {
    int[] offsets = vector.offsets();
    int[] renamed = new int[offsets.length - 1];
    Arrays.fill(renamed, -1);
    int[] ids = new int[vector.length()];
    int[] used = new int[Math.min(renamed.length, ids.length)];
    int entries = 0;
    for (int row = 0; row < ids.length; row++) {
      if (vector.isNull(row)) {
        continue;
      }
      int entry = vector.ids()[row];
      if (renamed[entry] < 0) {
        renamed[entry] = entries;
        used[entries++] = entry;
      }
      ids[row] = renamed[entry];
    }
    int[] ends = new int[entries];
    int end = 0;
    for (int i = 0; i < entries; i++) {
      end += offsets[used[i] + 1] - offsets[used[i]];
      ends[i] = end;
    }
    out.writeByte(DICTIONARY);
    out.writeInt(entries);
    buffers.ints(ids, 0, ids.length, 0);
    buffers.ints(ends, 0, entries, 0);
    byte[] data = new byte[end];
    int at = 0;
    for (int i = 0; i < entries; i++) {
      System.arraycopy(vector.data(), offsets[used[i]], data, at, ends[i] - at);
      at = ends[i];
    }
    out.write(data);
  }

  private void list(ListVector vector) throws IOException {
    int[] offsets = vector.offsets();
    int length = vector.length();
    buffers.ints(offsets, 1, length + 1, offsets[0]);
    write(vector.elements().slice(offsets[0], offsets[length]));
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Byte form of vectors: validity, then the values of the rows that have one. */
final class VectorWriter {

  static final int PLAIN = 0;
  static final int DICTIONARY = 1;

  private static final int[] NO_INTS = {};
  private static final long[] NO_LONGS = {};

  private final DataOutput out;
  private final BufferOutput buffers;
  private final PackedOutput numbers;

  /** Values of rows with nulls, one behind the other. */
  private int[] ints = NO_INTS;

  private long[] longs = NO_LONGS;

  VectorWriter(BufferOutput buffers, DataOutput out) {
    this.buffers = buffers;
    this.out = out;
    this.numbers = new PackedOutput(out);
  }

  void write(Vector vector) throws IOException {
    int length = vector.length();
    long[] validity = vector.validity();
    out.writeBoolean(validity != null);
    if (validity != null) {
      buffers.longs(validity, (length + 63) >>> 6);
    }
    if (vector instanceof ByteVector bytes) {
      bytes(bytes.values(), validity, length);
    } else if (vector instanceof IntVector values) {
      ints(values.values(), validity, length);
    } else if (vector instanceof LongVector values) {
      longs(values.values(), validity, length);
    } else if (vector instanceof DoubleVector values) {
      doubles(values.values(), validity, length);
    } else if (vector instanceof BinaryVector binary) {
      binary(binary);
    } else if (vector instanceof ListVector list) {
      list(list);
    }
  }

  private void bytes(byte[] values, long[] validity, int length) throws IOException {
    if (validity == null) {
      out.write(values, 0, length);
      return;
    }
    byte[] present = new byte[length];
    int n = 0;
    for (int row = 0; row < length; row++) {
      present[n] = values[row];
      n += bit(validity, row);
    }
    out.write(present, 0, n);
  }

  private void ints(int[] values, long[] validity, int length) throws IOException {
    if (validity == null) {
      numbers.ints(values, length);
      return;
    }
    int[] present = ints(length);
    int n = 0;
    for (int row = 0; row < length; row++) {
      present[n] = values[row];
      n += bit(validity, row);
    }
    numbers.ints(present, n);
  }

  private void longs(long[] values, long[] validity, int length) throws IOException {
    if (validity == null) {
      numbers.longs(values, length);
      return;
    }
    long[] present = longs(length);
    int n = 0;
    for (int row = 0; row < length; row++) {
      present[n] = values[row];
      n += bit(validity, row);
    }
    numbers.longs(present, n);
  }

  private void doubles(double[] values, long[] validity, int length) throws IOException {
    long[] present = longs(length);
    int n = 0;
    for (int row = 0; row < length; row++) {
      present[n] = Double.doubleToRawLongBits(values[row]);
      n += validity == null ? 1 : bit(validity, row);
    }
    buffers.longs(present, n);
  }

  private static int bit(long[] validity, int row) {
    return (int) (validity[row >>> 6] >>> row) & 1;
  }

  private int[] ints(int length) {
    ints = ints.length < length ? new int[length] : ints;
    return ints;
  }

  private long[] longs(int length) {
    longs = longs.length < length ? new long[length] : longs;
    return longs;
  }

  private void binary(BinaryVector vector) throws IOException {
    if (vector.hasDictionary()) {
      dictionary(vector);
      return;
    }
    out.writeByte(PLAIN);
    int[] sizes = ints(vector.length());
    int n = 0;
    long bytes = 0;
    for (int row = 0; row < vector.length(); row++) {
      if (!vector.isNull(row)) {
        sizes[n] = vector.size(row);
        bytes += sizes[n++];
      }
    }
    numbers.ints(sizes, n);
    int from = vector.offsets()[0];
    if (vector.offsets()[vector.length()] - from == bytes) {
      out.write(vector.data(), from, (int) bytes);
      return;
    }
    for (int row = 0; row < vector.length(); row++) {
      int size = vector.size(row);
      out.write(vector.data(), size == 0 ? 0 : vector.start(row), size);
    }
  }

  private void dictionary(BinaryVector vector) throws IOException {
    out.writeByte(DICTIONARY);
    int entries = vector.offsets().length - 1;
    long bytes = (long) vector.offsets()[entries] - vector.offsets()[0];
    if (entries + bytes <= vector.length()) {
      wholeDictionary(vector, entries);
    } else {
      usedEntries(vector);
    }
  }

  /** Of a dictionary that takes less than to find out what of it is in use. */
  private void wholeDictionary(BinaryVector vector, int entries) throws IOException {
    int[] offsets = vector.offsets();
    int[] sizes = new int[entries];
    for (int i = 0; i < entries; i++) {
      sizes[i] = offsets[i + 1] - offsets[i];
    }
    out.writeInt(entries);
    numbers.ints(sizes, entries);
    out.write(vector.data(), offsets[0], offsets[entries] - offsets[0]);
    ints(vector.ids(), vector.validity(), vector.length());
  }

  private void usedEntries(BinaryVector vector) throws IOException {
    int[] offsets = vector.offsets();
    int[] renamed = new int[offsets.length - 1];
    Arrays.fill(renamed, -1);
    int length = vector.length();
    int[] ids = ints(length);
    int[] used = new int[Math.min(renamed.length, length)];
    int entries = 0;
    int n = 0;
    for (int row = 0; row < length; row++) {
      if (vector.isNull(row)) {
        continue;
      }
      int entry = vector.ids()[row];
      if (renamed[entry] < 0) {
        renamed[entry] = entries;
        used[entries++] = entry;
      }
      ids[n++] = renamed[entry];
    }
    int[] sizes = new int[entries];
    long bytes = 0;
    for (int i = 0; i < entries; i++) {
      sizes[i] = offsets[used[i] + 1] - offsets[used[i]];
      bytes += sizes[i];
    }
    out.writeInt(entries);
    numbers.ints(sizes, entries);
    byte[] data = new byte[Math.toIntExact(bytes)];
    int at = 0;
    for (int i = 0; i < entries; i++) {
      System.arraycopy(vector.data(), offsets[used[i]], data, at, sizes[i]);
      at += sizes[i];
    }
    out.write(data);
    numbers.ints(ids, n);
  }

  private void list(ListVector vector) throws IOException {
    int[] offsets = vector.offsets();
    int length = vector.length();
    int[] sizes = ints(length);
    for (int row = 0; row < length; row++) {
      sizes[row] = vector.size(row);
    }
    numbers.ints(sizes, length);
    write(vector.elements().slice(offsets[0], offsets[length]));
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.batch.BinaryVector;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes protobuf from the last byte to the first. The length of a message is known when its head
 * is written, so that nested messages need neither a pass for sizes nor moving of bytes. Fields,
 * elements and rows are therefore written last to first.
 */
final class ReverseProtoWriter {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** Of one write to a stream. */
  private static final int MOST = 1 << 17;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private byte[] buffer;
  private int start;

  ReverseProtoWriter(int capacity) {
    buffer = new byte[capacity];
    start = capacity;
  }

  /** Bytes written so far: the mark to give to {@link #close} for what is written from here on. */
  int written() {
    return buffer.length - start;
  }

  /** Bytes for which there is memory. */
  int capacity() {
    return buffer.length;
  }

  /** Forgets what was written. */
  void clear() {
    start = buffer.length;
  }

  /** Forgets the bytes that were written last. */
  void drop(int bytes) {
    start += bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOfRange(buffer, start, buffer.length);
  }

  /** In parts: local files and others copy each through memory outside of the heap as large. */
  void writeTo(OutputStream target) throws IOException {
    for (int at = start; at < buffer.length; at += MOST) {
      target.write(buffer, at, Math.min(MOST, buffer.length - at));
    }
  }

  /** Puts the head of a length-delimited field before everything written since the mark. */
  void close(int field, int mark) {
    headed(field << 3 | LENGTH, written() - mark);
  }

  /** An unsigned 32-bit number, left out if 0. */
  void uint32(int field, int value) {
    if (value != 0) {
      headed(field << 3 | VARINT, value & 0xFFFF_FFFFL);
    }
  }

  /** An enum value, left out if 0. */
  void enumeration(int field, int value) {
    if (value != 0) {
      headed(field << 3 | VARINT, value);
    }
  }

  /** A zigzag-encoded number, left out if 0. */
  void sint32(int field, int value) {
    if (value != 0) {
      headed(field << 3 | VARINT, ((value << 1) ^ (value >> 31)) & 0xFFFF_FFFFL);
    }
  }

  void presentInt64(int field, long value) {
    headed(field << 3 | VARINT, value);
  }

  void presentBool(int field, boolean value) {
    headed(field << 3 | VARINT, value ? 1 : 0);
  }

  /** A fixed 32-bit number, left out if 0. */
  void fixed32(int field, int value) {
    if (value != 0) {
      reserve(4);
      start -= 4;
      INTS.set(buffer, start, value);
      tag(field, FIXED32);
    }
  }

  /** A fixed 64-bit number, left out if 0. */
  void fixed64(int field, long value) {
    if (value != 0) {
      presentFixed64(field, value);
    }
  }

  void presentFixed64(int field, long value) {
    rawFixed64(value);
    tag(field, FIXED64);
  }

  /** A double, left out if it is 0.0; -0.0 is written. */
  void float64(int field, double value) {
    fixed64(field, Double.doubleToRawLongBits(value));
  }

  void presentFloat64(int field, double value) {
    presentFixed64(field, Double.doubleToRawLongBits(value));
  }

  /** A string or bytes, left out if empty or if the column is absent. */
  void bytes(int field, BinaryVector column, int row) {
    if (column != null && !column.isNull(row)) {
      int entry = column.entry(row);
      int from = column.offsets()[entry];
      int size = column.offsets()[entry + 1] - from;
      if (size != 0) {
        presentBytes(field, column.data(), from, size);
      }
    }
  }

  void presentBytes(int field, BinaryVector column, int row) {
    if (column == null || column.isNull(row)) {
      headed(field << 3 | LENGTH, 0);
    } else {
      int entry = column.entry(row);
      int from = column.offsets()[entry];
      presentBytes(field, column.data(), from, column.offsets()[entry + 1] - from);
    }
  }

  void presentBytes(int field, byte[] data, int from, int size) {
    raw(data, from, size);
    headed(field << 3 | LENGTH, size);
  }

  /** Bytes as they are. */
  void raw(byte[] data, int from, int size) {
    reserve(size);
    start -= size;
    System.arraycopy(data, from, buffer, start, size);
  }

  /** Eight bytes of a packed field, without a head. */
  void rawFixed64(long value) {
    reserve(8);
    start -= 8;
    LONGS.set(buffer, start, value);
  }

  /** A varint without a head. */
  void varint(long value) {
    if ((value & ~0x7FL) == 0) {
      reserve(1);
      buffer[--start] = (byte) value;
      return;
    }
    if ((value & ~0x3FFFL) == 0) {
      reserve(2);
      start -= 2;
      SHORTS.set(buffer, start, (short) (value & 0x7F | 0x80 | value >>> 7 << 8));
      return;
    }
    int size = (70 - Long.numberOfLeadingZeros(value)) / 7;
    reserve(size);
    start -= size;
    int at = start;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[at] = (byte) rest;
  }

  /** A varint and the tag before it; mostly both have one byte. */
  private void headed(int tag, long value) {
    if ((tag & ~0x7F | value & ~0x7FL) == 0) {
      reserve(2);
      start -= 2;
      SHORTS.set(buffer, start, (short) (tag | value << 8));
    } else {
      varint(value);
      varint(tag);
    }
  }

  private void tag(int field, int wireType) {
    varint(field << 3 | wireType);
  }

  private void reserve(int bytes) {
    if (start < bytes) {
      grow(bytes);
    }
  }

  /** A message takes more bytes than an array has. */
  static final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  private void grow(int bytes) {
    long needed = (long) written() + bytes;
    long size = Math.min(Integer.MAX_VALUE - 8, Math.max(2L * buffer.length, needed + 64));
    if (size < needed) {
      throw new TooLarge();
    }
    byte[] grown = new byte[(int) size];
    int written = written();
    System.arraycopy(buffer, start, grown, grown.length - written, written);
    start = grown.length - written;
    buffer = grown;
  }
}

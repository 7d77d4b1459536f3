/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.Validity;
import io.otap.core.error.OtapException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * The nodes and buffers of a record batch, one after the other as its columns lie. Every length is
 * held against what is there before memory is taken for it.
 */
final class Buffers {

  /** In place of the length: the buffer is not compressed. */
  private static final int STORED = -1;

  /** No zstd expands to more. */
  private static final long MAX_RATIO = 1 << 16;

  private final RecordBatch batch;
  private final ByteBuffer record;
  private final int bodyStart;
  private final int bodyLength;
  private final boolean compressed;
  private final Expander expander;
  private final FieldNode node = new FieldNode();
  private final Buffer buffer = new Buffer();
  private int nextNode;
  private int nextBuffer;

  /** Of the last node. */
  private int length;

  private int nulls;

  Buffers(ByteBuffer record, IpcMessage message, RecordBatch batch, Expander expander)
      throws OtapException {
    this.batch = batch;
    this.record = record;
    this.bodyStart = message.bodyStart();
    this.bodyLength = message.bodyLength();
    this.expander = expander;
    var compression = batch.compression();
    compressed = compression != null;
    if (compressed
        && (compression.codec() != CompressionType.ZSTD
            || compression.method() != BodyCompressionMethod.BUFFER)) {
      throw WireErrors.broken(
          "buffers are compressed with codec number "
              + compression.codec()
              + "; only zstd (1) and none are known");
    }
  }

  /** Goes to the next node, which must have this many values. */
  void next(int expected) throws OtapException {
    if (next() != expected) {
      throw WireErrors.broken(
          "a column of " + length + " values stands in a table of " + expected + " rows");
    }
  }

  /** Goes to the next node, and gives its number of values. */
  int next() throws OtapException {
    if (nextNode >= batch.nodesLength()) {
      throw WireErrors.broken("a record batch has fewer columns than its schema");
    }
    batch.nodes(node, nextNode++);
    if (node.length() < 0
        || node.length() > Integer.MAX_VALUE - 8
        || node.nullCount() < 0
        || node.nullCount() > node.length()) {
      throw WireErrors.broken(
          "a column claims " + node.length() + " values, " + node.nullCount() + " of them null");
    }
    length = (int) node.length();
    nulls = (int) node.nullCount();
    return length;
  }

  /** Refuses what the schema does not account for. */
  void finish() throws OtapException {
    if (nextNode != batch.nodesLength() || nextBuffer != batch.buffersLength()) {
      throw WireErrors.broken("a record batch has more columns or buffers than its schema");
    }
  }

  /** The bitmap of the last node's values; null if all are there. */
  long[] validity() throws OtapException {
    int words = (length + 63) >>> 6;
    if (nulls == 0) {
      skip();
      return null;
    }
    ByteBuffer bytes = bytes((length + 7L) >>> 3);
    long[] bits = new long[words];
    for (int i = 0; i < words - 1; i++) {
      bits[i] = bytes.getLong(8 * i);
    }
    for (int i = 8 * (words - 1); i < (length + 7) >>> 3; i++) {
      bits[words - 1] |= (bytes.get(i) & 0xFFL) << 8 * i;
    }
    if ((length & 63) != 0) {
      bits[words - 1] &= -1L >>> -length;
    }
    return Validity.count(bits, length) == length ? null : bits;
  }

  /** Bits as bytes of 0 and 1. */
  byte[] bits() throws OtapException {
    ByteBuffer bytes = bytes((length + 7L) >>> 3);
    byte[] out = new byte[length];
    for (int i = 0; i < length; i++) {
      out[i] = (byte) (bytes.get(i >>> 3) >>> (i & 7) & 1);
    }
    return out;
  }

  byte[] bytes() throws OtapException {
    ByteBuffer bytes = bytes(length);
    byte[] out = new byte[length];
    bytes.get(0, out);
    return out;
  }

  /** Unsigned numbers of 8 or 16 bits, or numbers of 32. */
  int[] ints(int width) throws OtapException {
    ByteBuffer bytes = bytes((long) width * length);
    int[] out = new int[length];
    switch (width) {
      case 1 -> {
        for (int i = 0; i < length; i++) {
          out[i] = bytes.get(i) & 0xFF;
        }
      }
      case 2 -> {
        for (int i = 0; i < length; i++) {
          out[i] = bytes.getShort(2 * i) & 0xFFFF;
        }
      }
      default -> bytes.asIntBuffer().get(out);
    }
    return out;
  }

  long[] longs() throws OtapException {
    ByteBuffer bytes = bytes(8L * length);
    long[] out = new long[length];
    bytes.asLongBuffer().get(out);
    return out;
  }

  double[] doubles() throws OtapException {
    ByteBuffer bytes = bytes(8L * length);
    double[] out = new double[length];
    bytes.asDoubleBuffer().get(out);
    return out;
  }

  /** Starts of the values from 0 on, and the end of the last; never falling. */
  int[] offsets() throws OtapException {
    if (length == 0) {
      skip();
      return new int[1];
    }
    ByteBuffer bytes = bytes(4L * (length + 1));
    int[] out = new int[length + 1];
    bytes.asIntBuffer().get(out);
    if (out[0] < 0) {
      throw WireErrors.broken("an offset is negative");
    }
    for (int i = 0; i < length; i++) {
      if (out[i + 1] < out[i]) {
        throw WireErrors.broken("an offset is below the one before it");
      }
    }
    return out;
  }

  /** The bytes between two offsets. */
  byte[] data(int from, int to) throws OtapException {
    ByteBuffer bytes = bytes(to);
    byte[] out = new byte[to - from];
    bytes.get(from, out);
    return out;
  }

  /** Bytes of values of a fixed width. */
  byte[] fixed(int width) throws OtapException {
    long size = (long) width * length;
    return data(0, (int) Math.min(Integer.MAX_VALUE, size));
  }

  private void skip() throws OtapException {
    if (nextBuffer >= batch.buffersLength()) {
      throw WireErrors.broken("a record batch has fewer buffers than its schema");
    }
    nextBuffer++;
  }

  /** The content of the next buffer, of at least this many bytes. */
  private ByteBuffer bytes(long needed) throws OtapException {
    skip();
    batch.buffers(buffer, nextBuffer - 1);
    long offset = buffer.offset();
    long size = buffer.length();
    if (offset < 0 || size < 0 || offset > bodyLength || size > bodyLength - offset) {
      throw WireErrors.broken("a buffer lies outside of its message");
    }
    int start = bodyStart + (int) offset;
    int end = start + (int) size;
    if (!compressed || size == 0) {
      return exactly(record.slice(start, (int) size), needed);
    }
    if (size < 8) {
      throw WireErrors.broken("a compressed buffer has only " + size + " bytes");
    }
    long expanded = record.getLong(start);
    if (expanded == STORED) {
      return exactly(record.slice(start + 8, end - start - 8), needed);
    }
    if (expanded < 0 || expanded > Math.min(Integer.MAX_VALUE - 8, size * MAX_RATIO)) {
      throw WireErrors.broken("a compressed buffer claims " + expanded + " bytes");
    }
    byte[] out =
        expander.expand(
            record.array(), record.arrayOffset() + start + 8, end - start - 8, (int) expanded);
    return exactly(ByteBuffer.wrap(out), needed);
  }

  private static ByteBuffer exactly(ByteBuffer bytes, long needed) throws OtapException {
    if (bytes.remaining() < needed) {
      throw WireErrors.broken(
          "a buffer of " + bytes.remaining() + " bytes stands where " + needed + " are needed");
    }
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }
}

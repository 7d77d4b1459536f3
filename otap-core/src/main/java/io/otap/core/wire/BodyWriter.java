/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The body of a record batch, with the nodes and buffers that describe it. A buffer is filled in a
 * scratch area and put behind the others, compressed if that makes it shorter.
 */
final class BodyWriter {

  /** Shorter buffers are not worth a compressor's header. */
  private static final int COMPRESSIBLE = 64;

  private static final long STORED = -1;

  private byte[] body = new byte[1 << 16];
  private int size;
  private ByteBuffer scratch = allocate(1 << 16);
  private long[] nodes = new long[64];
  private int nodeCount;
  private long[] buffers = new long[128];
  private int bufferCount;
  private ZstdCompressCtx compressor;

  /**
   * @param compressor null for no compression
   */
  void begin(ZstdCompressCtx compressor) {
    this.compressor = compressor;
    size = 0;
    nodeCount = 0;
    bufferCount = 0;
  }

  byte[] body() {
    return body;
  }

  int size() {
    return size;
  }

  boolean isCompressed() {
    return compressor != null;
  }

  int nodes() {
    return nodeCount / 2;
  }

  long nodeLength(int node) {
    return nodes[2 * node];
  }

  long nodeNulls(int node) {
    return nodes[2 * node + 1];
  }

  int buffers() {
    return bufferCount / 2;
  }

  long bufferOffset(int buffer) {
    return buffers[2 * buffer];
  }

  long bufferLength(int buffer) {
    return buffers[2 * buffer + 1];
  }

  void node(int length, int nulls) {
    if (nodeCount == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * nodeCount);
    }
    nodes[nodeCount++] = length;
    nodes[nodeCount++] = nulls;
  }

  /** An empty buffer: the validity of a column without nulls. */
  void empty() {
    buffer(0);
  }

  /** The bitmap of a column; empty if all values are there. */
  void validity(long[] bits, int rows) {
    if (bits == null) {
      empty();
      return;
    }
    int length = rows + 7 >>> 3;
    ByteBuffer out = scratch(8 * bits.length);
    out.asLongBuffer().put(bits);
    put(length);
  }

  /** Room for a buffer; to be given to {@link #put}. */
  ByteBuffer scratch(int length) {
    if (scratch.capacity() < length) {
      scratch = allocate((int) Math.min(Integer.MAX_VALUE - 8, 2L * length));
    }
    return scratch;
  }

  /** Ends the buffer that was filled from the start of the scratch area on. */
  void put(int length) {
    put(scratch.array(), 0, length);
  }

  /** Writes a buffer. */
  void put(byte[] bytes, int from, int length) {
    if (length == 0) {
      empty();
    } else if (compressor == null) {
      room(length);
      System.arraycopy(bytes, from, body, size, length);
      buffer(length);
    } else {
      compress(bytes, from, length);
    }
  }

  private void compress(byte[] bytes, int from, int length) {
    int written = length;
    if (length >= COMPRESSIBLE) {
      int bound = (int) Zstd.compressBound(length);
      room(8 + Math.max(length, bound));
      written = compressor.compressByteArray(body, size + 8, bound, bytes, from, length);
    } else {
      room(8 + length);
    }
    boolean stored = written >= length;
    if (stored) {
      System.arraycopy(bytes, from, body, size + 8, length);
    }
    ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putLong(size, stored ? STORED : length);
    buffer(8 + (stored ? length : written));
  }

  /** Accounts for a buffer of this length, which is there, and pads it. */
  private void buffer(int length) {
    if (bufferCount == buffers.length) {
      buffers = Arrays.copyOf(buffers, 2 * bufferCount);
    }
    buffers[bufferCount++] = size;
    buffers[bufferCount++] = length;
    int end = size + length + 7 & -8;
    room(end - size);
    Arrays.fill(body, size + length, end, (byte) 0);
    size = end;
  }

  private void room(int more) {
    int needed = Math.addExact(size, Math.addExact(more, 8));
    if (needed > body.length) {
      body = Arrays.copyOf(body, (int) Math.min(Integer.MAX_VALUE - 8, 2L * needed));
    }
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;

/**
 * Numbers of encoding DELTA_BINARY_PACKED, as a stream. Parquet-java's decoder takes memory by the
 * count in the page's bytes; this one never more than a few words.
 */
final class DeltaDecoder {

  private static final int MAX_MINI_BLOCKS = 1 << 12;

  private final byte[] bytes;
  private final int end;
  private final int miniBlocks;
  private final int miniBlockSize;
  private final int[] widths;
  private int position;
  private long left;
  private boolean first = true;
  private long value;
  private long minDelta;
  private int miniBlock;
  private int inMiniBlock;
  private int miniBlockStart;

  /** Of no bytes, as a page of nulls may have, is a decoder of no numbers. */
  DeltaDecoder(byte[] bytes, int from, int end) throws IOException {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
    if (from >= end) {
      this.miniBlocks = 0;
      this.miniBlockSize = 0;
      this.widths = new int[0];
      return;
    }
    long blockSize = unsigned();
    long blocks = unsigned();
    this.left = unsigned();
    if (blocks <= 0
        || blocks > MAX_MINI_BLOCKS
        || blockSize <= 0
        || blockSize > 1 << 24
        || blockSize % (blocks * 8) != 0
        || left < 0) {
      throw OtapException.of(
          CORRUPT, "a page of deltas has blocks of " + blockSize + " in " + blocks + " parts");
    }
    this.miniBlocks = (int) blocks;
    this.miniBlockSize = (int) (blockSize / blocks);
    this.widths = new int[miniBlocks];
    this.miniBlock = miniBlocks;
    this.value = zigzag();
  }

  long next() throws IOException {
    if (left <= 0) {
      throw cutOff();
    }
    left--;
    if (first) {
      first = false;
      return value;
    }
    if (miniBlock == miniBlocks) {
      block();
    }
    value += minDelta + delta();
    if (++inMiniBlock == miniBlockSize) {
      nextMiniBlock();
    }
    return value;
  }

  /** Byte behind the numbers, without reading them. The decoder must be fresh. */
  int skipAll() throws IOException {
    long deltas = left - 1;
    while (deltas > 0) {
      block();
      for (int i = 0; i < miniBlocks && deltas > 0; i++) {
        deltas -= miniBlockSize;
        nextMiniBlock();
      }
    }
    return position;
  }

  private void block() throws IOException {
    minDelta = zigzag();
    if (miniBlocks > end - position) {
      throw cutOff();
    }
    for (int i = 0; i < miniBlocks; i++) {
      widths[i] = bytes[position++] & 0xff;
      if (widths[i] > 64) {
        throw OtapException.of(CORRUPT, "a page has deltas of " + widths[i] + " bits");
      }
    }
    miniBlock = 0;
    inMiniBlock = 0;
    miniBlockStart = position;
  }

  private void nextMiniBlock() throws IOException {
    long size = (long) widths[miniBlock] * miniBlockSize / 8;
    if (size > end - miniBlockStart) {
      throw cutOff();
    }
    miniBlockStart += (int) size;
    position = miniBlockStart;
    inMiniBlock = 0;
    miniBlock++;
  }

  private long delta() throws IOException {
    int width = widths[miniBlock];
    if (width == 0) {
      return 0;
    }
    long bit = (long) inMiniBlock * width;
    long at = miniBlockStart + (bit >>> 3);
    int shift = (int) (bit & 7);
    if (at + ((shift + width + 7) >>> 3) > end) {
      throw cutOff();
    }
    long word = (long) BitUnpacker.LONG.get(bytes, (int) at) >>> shift;
    if (shift + width > 64) {
      word |= (long) BitUnpacker.LONG.get(bytes, (int) at + 8) << (64 - shift);
    }
    return width == 64 ? word : word & ((1L << width) - 1);
  }

  private long unsigned() throws IOException {
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw cutOff();
      }
      byte b = bytes[position++];
      result |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw OtapException.of(CORRUPT, "a page of deltas has a number of more than 64 bits");
  }

  private long zigzag() throws IOException {
    long n = unsigned();
    return n >>> 1 ^ -(n & 1);
  }

  private static OtapException cutOff() {
    return OtapException.of(CORRUPT, "a page ends before its deltas do");
  }
}

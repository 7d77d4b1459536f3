/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;

/**
 * The bytes of a column chunk, read forward through one buffer that is as large as a read or as the
 * largest page, whichever is larger.
 */
final class ChunkInput {

  /**
   * Bytes behind the buffer's content that may be looked at, so that words can be read at the end.
   */
  static final int SLACK = 16;

  private static final int READ = 256 * 1024;

  private final PageFile in;
  private final long end;
  private long ahead;
  private long position;
  private byte[] buffer = new byte[SLACK];
  private int from;
  private int to;

  ChunkInput(PageFile in, long start, long end) {
    this.in = in;
    this.position = start;
    this.end = end;
    this.ahead = end;
  }

  long position() {
    return position;
  }

  long end() {
    return end;
  }

  /** Reads on from here only what is before {@code target}, or required. */
  void aheadTo(long target) {
    ahead = target;
  }

  long remaining() {
    return end - position;
  }

  /** Makes at least {@code n} bytes available from {@link #from()} on. */
  void require(long n) throws IOException {
    if (n > remaining()) {
      throw OtapException.of(
          CORRUPT,
          "a page of "
              + n
              + " bytes does not fit in the "
              + remaining()
              + " left of its column"
              + " chunk; copy the file again");
    }
    int have = to - from;
    if (have >= n) {
      return;
    }
    long most = Math.min(READ, ahead - position);
    int want = (int) Math.min(Math.max(n, most), Math.min(remaining(), Integer.MAX_VALUE - 64));
    byte[] target = buffer;
    if (target.length < want + SLACK) {
      target = new byte[want + SLACK];
    }
    System.arraycopy(buffer, from, target, 0, have);
    in.readFully(position + have, target, have, want - have);
    buffer = target;
    from = 0;
    to = want;
  }

  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int available() {
    return to - from;
  }

  /** Goes on behind {@code n} bytes; those not read yet are never read. */
  void skip(long n) {
    position += n;
    if (n <= to - from) {
      from += (int) n;
    } else {
      from = 0;
      to = 0;
    }
  }

  void seek(long target) {
    if (target >= position) {
      skip(target - position);
    } else {
      position = target;
      from = 0;
      to = 0;
    }
  }
}

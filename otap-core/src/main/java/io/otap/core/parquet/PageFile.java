/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.storage.SeekableInput;
import java.io.IOException;

/**
 * A file whose pages are read: it counts the bytes read from it and has what decompresses them. A
 * small file is read once, as a whole; the tail that was read for the footer is not read again, as
 * it mostly has the page indexes.
 */
final class PageFile {

  /** Up to this length one read is cheaper than one for each column. */
  private static final int SMALL = 256 * 1024;

  private final SeekableInput in;
  private final ParquetFooter footer;
  private final Decompressor decompressor = new Decompressor();
  private byte[] whole;
  private long bytes;

  PageFile(SeekableInput in, ParquetFooter footer) {
    this.in = in;
    this.footer = footer;
  }

  void readFully(long position, byte[] target, int offset, int length) throws IOException {
    if (footer.copyTail(position, target, offset, length)) {
      return;
    }
    if (in.length() <= SMALL) {
      if (whole == null) {
        byte[] all = new byte[(int) in.length()];
        in.readFully(0, all, 0, all.length);
        bytes += all.length;
        whole = all;
      }
      System.arraycopy(whole, Math.toIntExact(position), target, offset, length);
      return;
    }
    in.readFully(position, target, offset, length);
    bytes += length;
  }

  long length() {
    return in.length();
  }

  long bytesRead() {
    return bytes;
  }

  Decompressor decompressor() {
    return decompressor;
  }

  void close() throws IOException {
    whole = null;
    decompressor.close();
    in.close();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that knows its position, which Parquet's footer needs. */
final class WritableOutput extends OutputStream {

  private final OutputStream out;
  private long position;

  WritableOutput(OutputStream out) {
    this.out = out;
  }

  long position() {
    return position;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    position += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.transport.TEndpointTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Bytes that Thrift reads from where they are, instead of asking a stream for each. Binary values
 * of what is read are views of them.
 */
final class BytesTransport extends TEndpointTransport {

  private final byte[] bytes;
  private final int end;
  private int position;

  BytesTransport(TConfiguration limits, byte[] bytes, int from, int length)
      throws TTransportException {
    super(limits);
    this.bytes = bytes;
    this.position = from;
    this.end = from + length;
  }

  @Override
  public int read(byte[] target, int from, int length) throws TTransportException {
    int n = Math.min(length, end - position);
    if (n <= 0 && length > 0) {
      throw new TTransportException(TTransportException.END_OF_FILE);
    }
    System.arraycopy(bytes, position, target, from, n);
    position += n;
    return n;
  }

  @Override
  public byte[] getBuffer() {
    return bytes;
  }

  @Override
  public int getBufferPosition() {
    return position;
  }

  @Override
  public int getBytesRemainingInBuffer() {
    return end - position;
  }

  @Override
  public void consumeBuffer(int length) {
    position += length;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void open() {}

  @Override
  public void close() {}

  @Override
  public void write(byte[] source, int from, int length) {
    throw new UnsupportedOperationException("bytes that are read");
  }
}

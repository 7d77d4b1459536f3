/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputDeserializer;

/** Reads what {@link CompactOutput} wrote. */
@Internal
public final class CompactInput {

  private final DataInputDeserializer in;
  private byte[] last = {};
  private byte[] beforeLast = {};

  public CompactInput(byte[] bytes) {
    this.in = new DataInputDeserializer(bytes);
  }

  public long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new IOException("a number has more than 64 bits");
  }

  public long fixed() throws IOException {
    return in.readLong();
  }

  /** A number of things that each take a byte or more. */
  public int count() throws IOException {
    long count = number();
    if (count < 0 || count > in.available()) {
      throw new EOFException(count + " entries are announced, " + in.available() + " bytes left");
    }
    return (int) count;
  }

  public String text() throws IOException {
    long shared = number();
    if (shared < 0 || shared > beforeLast.length) {
      throw new IOException("a text shares more with another than that has");
    }
    int own = count();
    byte[] bytes = new byte[(int) shared + own];
    System.arraycopy(beforeLast, 0, bytes, 0, (int) shared);
    in.readFully(bytes, (int) shared, own);
    beforeLast = last;
    last = bytes;
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public boolean atEnd() {
    return in.available() == 0;
  }
}

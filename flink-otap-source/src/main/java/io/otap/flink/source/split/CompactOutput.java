/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Numbers of as many bytes as they need, and texts without what they share with the text before the
 * last one or the last one: the kinds of text alternate.
 */
@Internal
public final class CompactOutput {

  private final DataOutputSerializer out = new DataOutputSerializer(256);
  private byte[] last = {};
  private byte[] beforeLast = {};

  /** Small numbers of either sign are short. */
  public void number(long value) throws IOException {
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** A number of eight bytes. */
  public void fixed(long value) throws IOException {
    out.writeLong(value);
  }

  public void text(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int shared = 0;
    int most = Math.min(bytes.length, beforeLast.length);
    while (shared < most && bytes[shared] == beforeLast[shared]) {
      shared++;
    }
    number(shared);
    number(bytes.length - shared);
    out.write(bytes, shared, bytes.length - shared);
    beforeLast = last;
    last = bytes;
  }

  public byte[] toBytes() {
    return out.getCopyOfBuffer();
  }
}

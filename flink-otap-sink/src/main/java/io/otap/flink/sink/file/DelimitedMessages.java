/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import java.io.IOException;
import java.io.OutputStream;

/** The format of OTLP files: messages, each behind its length as a varint. */
final class DelimitedMessages {

  private DelimitedMessages() {}

  /** Returns the bytes that the message takes. */
  static int write(byte[] message, OutputStream out) throws IOException {
    byte[] prefix = new byte[5];
    int size = 0;
    int rest = message.length;
    while (rest > 0x7f) {
      prefix[size++] = (byte) (rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    prefix[size++] = (byte) rest;
    out.write(prefix, 0, size);
    out.write(message);
    return size + message.length;
  }
}

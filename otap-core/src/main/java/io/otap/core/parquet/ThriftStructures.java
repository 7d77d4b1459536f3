/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Reads the format's Thrift structures from bytes. No length inside them is trusted beyond the
 * bytes that are there, so that broken ones cannot ask for memory.
 */
final class ThriftStructures {

  private static final int MAX_DEPTH = 64;

  private ThriftStructures() {}

  /**
   * @param what name of the structure for messages
   * @return bytes that the structure took
   */
  static int read(TBase<?, ?> target, byte[] bytes, int from, int length, String what)
      throws IOException {
    int taken = tryRead(target, bytes, from, length, length, what);
    if (taken < 0) {
      throw OtapException.of(CORRUPT, "the " + what + " is cut off after " + length + " bytes");
    }
    return taken;
  }

  /**
   * Like {@link #read}, but -1 if the structure goes on behind the bytes.
   *
   * @param limit no string or list is longer
   */
  static int tryRead(TBase<?, ?> target, byte[] bytes, int from, int length, int limit, String what)
      throws IOException {
    BytesTransport in = null;
    try {
      TConfiguration limits =
          new TConfiguration(Math.max(1, limit), TConfiguration.DEFAULT_MAX_FRAME_SIZE, MAX_DEPTH);
      in = new BytesTransport(limits, bytes, from, length);
      target.read(new TCompactProtocol(in, Math.max(1, limit), Math.max(1, limit)));
      if (in.getBytesRemainingInBuffer() < 0) {
        throw new TTransportException("it goes on behind its " + length + " bytes");
      }
      return length - in.getBytesRemainingInBuffer();
    } catch (TTransportException e) {
      if (e.getType() == TTransportException.END_OF_FILE && in.getBytesRemainingInBuffer() == 0) {
        return -1;
      }
      throw unreadable(what, e);
    } catch (TException | RuntimeException | StackOverflowError e) {
      throw unreadable(what, e);
    }
  }

  private static OtapException unreadable(String what, Throwable cause) {
    return OtapException.of(
        CORRUPT, "the " + what + " is not readable: " + cause.getMessage(), cause);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.storage;

import io.otap.core.annotation.Internal;
import java.io.Closeable;
import java.io.IOException;

/** An open file that can be read from any position. For one thread. */
@Internal
public interface SeekableInput extends Closeable {

  /** Bytes of the file. */
  long length();

  /**
   * Reads exactly {@code length} bytes from {@code position} on.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void readFully(long position, byte[] buffer, int offset, int length) throws IOException;
}

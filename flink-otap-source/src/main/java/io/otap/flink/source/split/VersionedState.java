/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.FunctionWithException;

/** What the serializers of the source's state have in common: refusing what they cannot read. */
@Internal
public abstract class VersionedState<T> implements SimpleVersionedSerializer<T> {

  private final String what;
  private final int current;

  /**
   * @param what the thing, as in «the state of …»
   * @param current version that is written; all from 1 on are read
   */
  protected VersionedState(String what, int current) {
    this.what = what;
    this.current = current;
  }

  @Override
  public final int getVersion() {
    return current;
  }

  /** Reads bytes to their very end; whatever goes wrong is an error of the state. */
  protected final T readFully(
      byte[] bytes, FunctionWithException<CompactInput, T, IOException> read) throws IOException {
    CompactInput in = new CompactInput(bytes);
    T value;
    try {
      value = read.apply(in);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException("The state of " + what + " is cut off or was not written by it.", e);
    }
    if (!in.atEnd()) {
      throw new IOException("The state of " + what + " has bytes behind its end.");
    }
    return value;
  }

  protected final IOException unknown(int version) {
    return new IOException(
        "The state of "
            + what
            + " has version "
            + version
            + ", but this release reads versions up to "
            + current
            + "; restore it with the release that wrote it or a later one.");
  }
}

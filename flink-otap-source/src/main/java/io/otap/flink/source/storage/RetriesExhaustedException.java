/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.util.ExceptionUtils;

/** The storage failed for as long as it was tried. The cause is the last failure. */
@Internal
public final class RetriesExhaustedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean ofFile;

  /**
   * @param ofFile whether other things could still be read from the storage
   */
  RetriesExhaustedException(int attempts, long millis, boolean ofFile, IOException last) {
    super(
        "given up after "
            + attempts
            + (attempts == 1 ? " attempt" : " attempts")
            + " in "
            + millis
            + " ms (source.retry.*), the last of which failed with "
            + last,
        last);
    this.ofFile = ofFile;
  }

  /** Whether an error comes from one file that cannot be read while the storage as such can be. */
  public static boolean isOfFile(Throwable error) {
    return ExceptionUtils.findThrowable(error, RetriesExhaustedException.class)
        .map(exhausted -> exhausted.ofFile)
        .orElse(false);
  }
}

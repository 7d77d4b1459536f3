/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.annotation.PublicEvolving;
import java.io.IOException;

/** A record that does not fit into a request of the allowed size, even alone. */
@PublicEvolving
public final class TooLargeRecordException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long bytes;

  TooLargeRecordException(long bytes, int limit) {
    super("a request of this one record takes " + bytes + " bytes, but may take " + limit);
    this.bytes = bytes;
  }

  /** Bytes of a request with only this record, its resource and its scope. */
  public long bytes() {
    return bytes;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.error.OtapException;

/** Bytes that may still be taken for one message. */
final class Budget {

  private final String option;
  private final long limit;
  private long left;

  /**
   * @param option what to raise
   */
  Budget(String option, long limit) {
    this.option = option;
    this.limit = limit;
    this.left = limit;
  }

  /** Takes bytes before they are allocated. */
  void take(long bytes) throws OtapException {
    if (bytes > left) {
      throw WireErrors.limit(
          "a message needs more than the " + limit + " bytes that are allowed",
          "let the sender send smaller batches, or raise " + option);
    }
    left -= bytes;
  }
}

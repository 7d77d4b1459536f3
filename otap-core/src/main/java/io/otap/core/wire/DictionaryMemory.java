/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.error.OtapException;

/** What the dictionaries of all tables of a stream hold together. */
final class DictionaryMemory {

  private final long limit;
  private long held;

  DictionaryMemory(long limit) {
    this.limit = limit;
  }

  /** Refuses more bytes than may be held. */
  void check(long bytes) throws OtapException {
    if (bytes > limit) {
      throw WireErrors.limit(
          "the dictionaries of a stream need more than the " + limit + " bytes that are allowed",
          "let the sender begin a new stream more often, or raise dictionaryBytes");
    }
  }

  void change(long before, long after) throws OtapException {
    check(held - before + after);
    held += after - before;
  }

  void release(long bytes) {
    held -= bytes;
  }
}

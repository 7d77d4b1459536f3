/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.github.luben.zstd.ZstdDecompressCtx;
import io.otap.core.error.OtapException;

/** Expands the compressed buffers of one message, within a budget. */
final class Expander implements AutoCloseable {

  private final Budget budget;
  private ZstdDecompressCtx zstd;

  Expander(Budget budget) {
    this.budget = budget;
  }

  /**
   * @param expanded bytes that must come out
   */
  byte[] expand(byte[] source, int from, int length, int expanded) throws OtapException {
    budget.take(expanded);
    byte[] out = new byte[expanded];
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    int written;
    try {
      written = zstd.decompressByteArray(out, 0, expanded, source, from, length);
    } catch (RuntimeException e) {
      throw WireErrors.broken("a buffer is no zstd: " + e.getMessage(), e);
    }
    if (written != expanded) {
      throw WireErrors.broken("a buffer does not expand to the " + expanded + " bytes it claims");
    }
    return out;
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }
}

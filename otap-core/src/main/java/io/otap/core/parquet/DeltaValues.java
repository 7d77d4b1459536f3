/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.io.IOException;

/** Encoding DELTA_BINARY_PACKED of integers. */
final class DeltaValues extends PageValues {

  private final DeltaDecoder deltas;

  DeltaValues(DeltaDecoder deltas) {
    this.deltas = deltas;
  }

  @Override
  void ints(int[] out, int off, int n) throws IOException {
    for (int i = off; i < off + n; i++) {
      out[i] = (int) deltas.next();
    }
  }

  @Override
  void longs(long[] out, int off, int n) throws IOException {
    for (int i = off; i < off + n; i++) {
      out[i] = deltas.next();
    }
  }

  @Override
  void skip(int n) throws IOException {
    for (int i = 0; i < n; i++) {
      deltas.next();
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.io.IOException;

/** Encoding RLE of booleans: runs of one bit behind their size as 4 bytes. */
final class RunBooleans extends PageValues {

  private static final int STEP = 1024;

  private final RunDecoder runs;
  private final int[] scratch = new int[STEP];

  RunBooleans(RunDecoder runs) {
    this.runs = runs;
  }

  @Override
  void booleans(byte[] out, int off, int n) throws IOException {
    for (int done = 0; done < n; ) {
      int m = Math.min(STEP, n - done);
      runs.read(scratch, 0, m);
      for (int i = 0; i < m; i++) {
        out[off + done + i] = (byte) scratch[i];
      }
      done += m;
    }
  }

  @Override
  void skip(int n) throws IOException {
    runs.skip(n);
  }
}

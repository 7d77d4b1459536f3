/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapBatch;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import java.io.Closeable;
import java.io.IOException;

/** Reads the batches of a split, in the order of their cuts. For one thread. */
@Internal
public final class SplitBatchReader implements Closeable {

  /**
   * @param position batches already emitted: what {@link #position} gave, or 0
   */
  public static SplitBatchReader open(Storage storage, SplitPlan plan, long position)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The next batch; null at the end. */
  public OtapBatch next() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Batches returned so far, those before {@code position} included. */
  public long position() {
    throw new UnsupportedOperationException();
  }

  /** Bytes read from files so far. */
  public long bytesRead() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {}
}

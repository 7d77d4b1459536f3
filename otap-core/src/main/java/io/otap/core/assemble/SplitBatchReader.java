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

/** Reads the batches of a split, in the order of their cuts, joining at once. For one thread. */
@Internal
public final class SplitBatchReader implements Closeable {

  private final SplitPlan plan;
  private final SplitCutReader cuts;

  private SplitBatchReader(SplitPlan plan, SplitCutReader cuts) {
    this.plan = plan;
    this.cuts = cuts;
  }

  /**
   * @param position batches already emitted: what {@link #position} gave, or 0
   */
  public static SplitBatchReader open(Storage storage, SplitPlan plan, long position)
      throws IOException {
    return open(storage, plan, position, new SplitMemory());
  }

  /**
   * @param memory what the reader of the split before kept
   */
  public static SplitBatchReader open(
      Storage storage, SplitPlan plan, long position, SplitMemory memory) throws IOException {
    return new SplitBatchReader(
        plan, SplitCutReader.open(storage, plan, position, memory, Integer.MAX_VALUE));
  }

  /** The next batch; null at the end. */
  public OtapBatch next() throws IOException {
    CutSlices next = cuts.next();
    return next == null ? null : next.join(plan.signal(), plan.options().validateRelations());
  }

  /** Batches returned so far, those before {@code position} included. */
  public long position() {
    return cuts.position();
  }

  /** Bytes read from files so far. */
  public long bytesRead() {
    return cuts.bytesRead();
  }

  /**
   * Exemplars read so far whose value their file does not tell: an int of 0, a double of 0, or
   * none, as exporters fill with zeros (ENGINE-OBSERVED 3). What a restore reads again counts
   * again.
   */
  public long undecidableExemplars() {
    return cuts.undecidableExemplars();
  }

  @Override
  public void close() throws IOException {
    cuts.close();
  }
}

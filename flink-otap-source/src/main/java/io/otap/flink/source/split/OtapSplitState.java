/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/** A split that is being read. */
@Internal
public final class OtapSplitState {

  private final OtapSplit split;
  private long position;
  private boolean watermarkTaken;

  public OtapSplitState(OtapSplit split) {
    this.split = split;
    this.position = split.position();
  }

  /** To be called after the batch that leads to this position was emitted. */
  public void moveTo(long position) {
    this.position = position;
  }

  /**
   * The watermark to emit before the first record, once: a millisecond before the earliest event
   * time of the split. There is none at its end, as splits that are read later may be older.
   */
  public OptionalLong takeWatermark() {
    long earliest = split.plan().earliest();
    if (watermarkTaken || earliest == Long.MIN_VALUE) {
      return OptionalLong.empty();
    }
    watermarkTaken = true;
    return OptionalLong.of(Math.floorDiv(earliest, 1_000_000L) - 1);
  }

  public OtapSplit toSplit() {
    return position == split.position() ? split : new OtapSplit(split.plan(), position);
  }
}

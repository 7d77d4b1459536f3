/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import org.apache.flink.annotation.Internal;

/** A split that is being read. */
@Internal
public final class OtapSplitState {

  private final OtapSplit split;
  private long position;

  public OtapSplitState(OtapSplit split) {
    this.split = split;
    this.position = split.position();
  }

  /** To be called after the batch that leads to this position was emitted. */
  public void moveTo(long position) {
    this.position = position;
  }

  public OtapSplit toSplit() {
    return position == split.position() ? split : new OtapSplit(split.plan(), position);
  }
}

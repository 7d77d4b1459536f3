/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.flink.source.split.OtapSplit;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the enumerator has still to do.
 *
 * @param planned whether the folders have been listed and cut into splits
 * @param unassigned splits that no reader has, in the order in which they are given out
 */
@PublicEvolving
public record OtapEnumeratorState(boolean planned, List<OtapSplit> unassigned) {

  public OtapEnumeratorState {
    unassigned = List.copyOf(unassigned);
  }
}

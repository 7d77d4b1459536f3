/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import io.otap.core.follow.SeenFiles;
import io.otap.flink.source.split.OtapSplit;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the enumerator has still to do.
 *
 * @param planned whether the folders have been listed and cut into splits
 * @param unassigned splits that no reader has, in the order in which they are given out
 * @param inDoubt splits that were on their way to a reader, which may have them in its state or not
 * @param seen for each tree that is followed, the files that have been seen; empty if what was
 *     there at the start was planned once
 */
@PublicEvolving
public record OtapEnumeratorState(
    boolean planned,
    List<OtapSplit> unassigned,
    List<OtapSplit> inDoubt,
    Map<String, SeenFiles> seen) {

  public OtapEnumeratorState {
    unassigned = List.copyOf(unassigned);
    inDoubt = List.copyOf(inDoubt);
    seen = Map.copyOf(seen);
  }

  /** Before anything has been listed. */
  public static OtapEnumeratorState initial() {
    return new OtapEnumeratorState(false, List.of(), List.of(), Map.of());
  }
}

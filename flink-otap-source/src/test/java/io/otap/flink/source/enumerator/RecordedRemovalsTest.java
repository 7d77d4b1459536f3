/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.follow.SeenFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedRemovalsTest {

  private final SeenFiles seen = new SeenFiles();

  @Test
  void whatTheOldestCheckpointDoesNotKnowIsNotRecorded() {
    seen.removed("p", 5);
    RecordedRemovals removals = new RecordedRemovals(2, Map.of("/data", seen));
    expect(removals, 5);
    seen.removed("p", 10);
    removals.snapshot(1, Map.of("/data", seen));
    expect(removals, 5);
    removals.complete(1);
    expect(removals, 5);
    seen.removed("p", 20);
    removals.snapshot(2, Map.of("/data", seen));
    seen.removed("p", 30);
    removals.complete(2);
    expect(removals, 10);
  }

  @Test
  void checkpointsThatFailCountForNothing() {
    RecordedRemovals removals = new RecordedRemovals(1, Map.of("/data", seen));
    seen.removed("p", 10);
    removals.snapshot(1, Map.of("/data", seen));
    seen.removed("p", 20);
    removals.snapshot(2, Map.of("/data", seen));
    removals.complete(2);
    expect(removals, 20);
    removals.complete(1);
    expect(removals, 20);
  }

  private static void expect(RecordedRemovals removals, long highest) {
    assertThat(removals.inAllCheckpoints()).isEqualTo(Map.of("/data", Map.of("p", highest)));
  }
}

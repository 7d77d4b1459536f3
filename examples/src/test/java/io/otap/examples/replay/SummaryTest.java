/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.examples.resume.Checkpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void aLineWhileAFolderIsFollowed() {
    ReplayTotals totals =
        new ReplayTotals(new TreeMap<>(Map.of("logs", 247L, "traces", 1000L)), Map.of(), Map.of());
    Checkpoint newest = new Checkpoint(12, Path.of("chk-12"));
    assertThat(Summary.following(totals, newest, Duration.ofMillis(3_700_400)))
        .isEqualTo("1,247 records (logs 247, traces 1,000), checkpoint 12, 3,700 s");
    ReplayTotals nothing = new ReplayTotals(Map.of(), Map.of(), Map.of());
    assertThat(Summary.following(nothing, null, Duration.ZERO))
        .isEqualTo("0 records, no checkpoint yet, 0 s");
  }

  @Test
  void smallInputsWaitLittleForTheirLastCheckpoint() {
    assertThat(ReplayJob.checkpointInterval((1L << 30) - 1)).isEqualTo(Duration.ofMillis(250));
    assertThat(ReplayJob.checkpointInterval(1L << 30)).isEqualTo(Duration.ofSeconds(10));
  }
}

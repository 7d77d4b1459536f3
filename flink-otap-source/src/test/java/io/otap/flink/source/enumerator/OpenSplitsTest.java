/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.TestSplits;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenSplitsTest {

  private final List<OtapSplit> splits = splits();
  private final String id = splits.get(0).splitId();

  @Test
  void filesAreNeededUntilAllCheckpointsToGoBackToCoverTheSplit() {
    OpenSplits open = new OpenSplits(2);
    open.add(splits.subList(0, 1));
    open.snapshot(1);
    open.finished(List.of(id));
    open.complete(1);
    assertThat(open.neededFiles()).contains(splits.get(0).plan().root().path());
    open.complete(2);
    assertThat(open.neededFiles()).isNotEmpty();
    open.complete(3);
    assertThat(open.neededFiles()).isEmpty();
  }

  @Test
  void aSplitThatIsReadAgainNeedsItsFilesAgain() {
    OpenSplits open = new OpenSplits(1);
    open.add(splits.subList(0, 1));
    open.finished(List.of(id));
    open.reopened(splits.subList(0, 1));
    open.complete(5);
    assertThat(open.neededFiles()).contains(splits.get(0).plan().root().path());
  }

  @Test
  void aReaderThatStartsAgainReadsItsSplitsAgain() {
    OpenSplits open = new OpenSplits(1);
    open.add(splits.subList(0, 1));
    open.finished(List.of(id));
    open.held(List.of(id));
    open.complete(5);
    assertThat(open.neededFiles()).isNotEmpty();
    open.finished(List.of(id));
    open.complete(6);
    assertThat(open.neededFiles()).isEmpty();
  }

  @Test
  void aSplitThatOnlyItsReaderKnowsKeepsAllFiles() {
    OpenSplits open = new OpenSplits(1);
    open.held(List.of(id));
    assertThat(open.neededFiles()).isNull();
    open.finished(List.of(id));
    open.complete(1);
    assertThat(open.neededFiles()).isEmpty();
  }

  private static List<OtapSplit> splits() {
    try {
      return TestSplits.of("mixed");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

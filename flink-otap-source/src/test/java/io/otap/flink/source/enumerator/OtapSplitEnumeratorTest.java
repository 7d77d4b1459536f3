/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.flink.source.metrics.ErrorCounters;
import io.otap.flink.source.metrics.SourceMetric;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.SplitsHeld;
import io.otap.flink.source.split.SplitsSettled;
import io.otap.flink.source.split.TestSplits;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtapSplitEnumeratorTest {

  private static final OtapEnumeratorState NEW =
      new OtapEnumeratorState(false, List.of(), List.of(), Map.of());

  private final MockSplitEnumeratorContext<OtapSplit> context = new MockSplitEnumeratorContext<>(2);
  private List<OtapSplit> splits;

  @BeforeEach
  void plan() throws Exception {
    splits = TestSplits.of("mixed").subList(0, 3);
    context.registerReader(new ReaderInfo(0, "host"));
    context.registerReader(new ReaderInfo(1, "host"));
  }

  @AfterEach
  void close() throws Exception {
    context.close();
  }

  @Test
  void requestsWaitForThePlan() throws Throwable {
    OtapSplitEnumerator enumerator = start(() -> splits, NEW);
    enumerator.handleSplitRequest(0, "host");
    assertThat(context.getSplitsAssignmentSequence()).isEmpty();
    assertThat(enumerator.snapshotState(1)).isEqualTo(NEW);
    context.runNextOneTimeCallable();
    assertThat(assigned(0)).isEqualTo(splits.get(0));
    assertThat(enumerator.snapshotState(2))
        .isEqualTo(
            new OtapEnumeratorState(true, splits.subList(1, 3), splits.subList(0, 1), Map.of()));
  }

  @Test
  void splitsAreGivenOutOldestFirstUntilNoneIsLeft() throws Throwable {
    OtapSplitEnumerator enumerator = start(() -> splits, NEW);
    context.runNextOneTimeCallable();
    enumerator.handleSplitRequest(0, "host");
    enumerator.handleSplitRequest(1, "host");
    enumerator.handleSplitRequest(0, "host");
    for (int i = 0; i < 3; i++) {
      assertThat(assigned(i)).isEqualTo(splits.get(i));
    }
    assertThat(context.hasNoMoreSplits(0)).isFalse();
    enumerator.handleSplitRequest(1, "host");
    assertThat(context.hasNoMoreSplits(1)).isTrue();
    assertThat(context.hasNoMoreSplits(0)).isFalse();
  }

  @Test
  void aReaderGetsAsManySplitsAsItAsksForAndIsToldOfTheEndOnce() throws Throwable {
    AtomicInteger ends = new AtomicInteger();
    MockSplitEnumeratorContext<OtapSplit> counting =
        new MockSplitEnumeratorContext<>(2) {
          @Override
          public void signalNoMoreSplits(int subtask) {
            ends.incrementAndGet();
            super.signalNoMoreSplits(subtask);
          }
        };
    try (counting) {
      counting.registerReader(new ReaderInfo(0, "host"));
      OtapSplitEnumerator enumerator =
          new OtapSplitEnumerator(
              counting,
              () -> splits,
              new ErrorCounters(SourceMetric.ENUMERATOR_ERRORS, counting.metricGroup()),
              NEW);
      enumerator.start();
      for (int n = 0; n < 5; n++) {
        enumerator.handleSplitRequest(0, "host");
      }
      counting.runNextOneTimeCallable();
      assertThat(counting.getSplitsAssignmentSequence()).hasSize(3);
      assertThat(ends).hasValue(1);
      enumerator.handleSplitRequest(0, "host");
      assertThat(ends).hasValue(1);
      counting.unregisterReader(0);
      enumerator.addSplitsBack(List.of(), 0);
      counting.registerReader(new ReaderInfo(0, "host"));
      enumerator.handleSourceEvent(
          0,
          new SplitsHeld(splits.stream().map(OtapSplit::splitId).toList(), Long.MAX_VALUE, true));
      enumerator.handleSplitRequest(0, "host");
      assertThat(ends).hasValue(2);
    }
  }

  @Test
  void splitsThatComeBackAreNext() throws Throwable {
    OtapSplitEnumerator enumerator = start(() -> splits, NEW);
    context.runNextOneTimeCallable();
    enumerator.handleSplitRequest(0, "host");
    context.unregisterReader(0);
    enumerator.addSplitsBack(List.of(splits.get(0)), 0);
    context.registerReader(new ReaderInfo(0, "host"));
    enumerator.handleSourceEvent(0, new SplitsHeld(List.of(), Long.MAX_VALUE, true));
    enumerator.handleSplitRequest(1, "host");
    assertThat(assigned(1)).isEqualTo(splits.get(0));
  }

  @Test
  void aSplitThatTheRestartedReaderHoldsIsNotGivenOutAgain() throws Throwable {
    OtapSplitEnumerator enumerator = start(() -> splits.subList(0, 1), NEW);
    context.runNextOneTimeCallable();
    enumerator.handleSplitRequest(0, "host");
    assertThat(enumerator.snapshotState(1).inDoubt()).containsExactly(splits.get(0));
    context.unregisterReader(0);
    enumerator.addSplitsBack(List.of(), 0);
    enumerator.handleSplitRequest(1, "host");
    assertThat(context.hasNoMoreSplits(1)).isFalse();
    context.registerReader(new ReaderInfo(0, "host"));
    enumerator.handleSourceEvent(
        0, new SplitsHeld(List.of(splits.get(0).splitId()), Long.MAX_VALUE, true));
    assertThat(context.hasNoMoreSplits(1)).isTrue();
    assertThat(context.getSplitsAssignmentSequence()).hasSize(1);
    assertThat(context.getSentSourceEvent().get(0))
        .containsExactly(new SplitsSettled(List.of(splits.get(0).splitId())));
  }

  @Test
  void aSplitInDoubtThatNoReaderReportsIsGivenOut() throws Throwable {
    OtapSplitEnumerator enumerator =
        start(
            () -> splits,
            new OtapEnumeratorState(true, splits.subList(2, 3), splits.subList(0, 2), Map.of()));
    enumerator.handleSourceEvent(
        0, new SplitsHeld(List.of(splits.get(1).splitId()), Long.MAX_VALUE, true));
    assertThat(enumerator.snapshotState(1).inDoubt()).containsExactly(splits.get(0));
    enumerator.handleSourceEvent(1, new SplitsHeld(List.of(), Long.MAX_VALUE, true));
    assertThat(enumerator.snapshotState(2).inDoubt()).isEmpty();
    assertThat(enumerator.snapshotState(2).unassigned())
        .containsExactly(splits.get(0), splits.get(2));
  }

  @Test
  void aSplitIsSettledByACheckpointThatWasTakenAfterItsReaderTold() throws Throwable {
    OtapSplitEnumerator enumerator = start(() -> splits, NEW);
    context.runNextOneTimeCallable();
    enumerator.handleSplitRequest(0, "host");
    enumerator.snapshotState(1);
    enumerator.handleSourceEvent(
        0, new SplitsHeld(List.of(splits.get(0).splitId()), Long.MAX_VALUE, false));
    assertThat(enumerator.snapshotState(2).inDoubt()).isEmpty();
    enumerator.notifyCheckpointComplete(1);
    assertThat(context.getSentSourceEvent()).isEmpty();
    enumerator.notifyCheckpointComplete(2);
    assertThat(context.getSentSourceEvent()).isEmpty();
    enumerator.handleSplitRequest(0, "host");
    assertThat(context.getSentSourceEvent().get(0))
        .containsExactly(new SplitsSettled(List.of(splits.get(0).splitId())));
  }

  @Test
  void aRestoredEnumeratorDoesNotPlanAgain() {
    OtapSplitEnumerator enumerator =
        start(
            () -> {
              throw new AssertionError("planned twice");
            },
            new OtapEnumeratorState(true, splits.subList(2, 3), List.of(), Map.of()));
    assertThat(context.getOneTimeCallables()).isEmpty();
    enumerator.handleSplitRequest(1, "host");
    assertThat(assigned(0)).isEqualTo(splits.get(2));
  }

  @Test
  void aPlanThatFailsFailsTheJobWithTheCause() {
    OtapException cause = OtapException.of(OtapErrorKind.DISCOVERY, "there is no folder x");
    start(
        () -> {
          throw cause;
        },
        NEW);
    assertThatThrownBy(context::runNextOneTimeCallable).hasRootCause(cause);
  }

  private OtapSplitEnumerator start(Callable<List<OtapSplit>> planner, OtapEnumeratorState state) {
    OtapSplitEnumerator enumerator =
        new OtapSplitEnumerator(
            context,
            planner,
            new ErrorCounters(SourceMetric.ENUMERATOR_ERRORS, context.metricGroup()),
            state);
    enumerator.start();
    return enumerator;
  }

  private OtapSplit assigned(int number) {
    return context.getSplitsAssignmentSequence().get(number).assignment().values().stream()
        .findFirst()
        .orElseThrow()
        .get(0);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.assemble.ChildSlice;
import io.otap.core.assemble.CutHead;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.TestSlices;
import io.otap.core.batch.BatchEquality;
import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Recovery;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.flink.source.batch.OtapBatchSerializer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtapBatchAssemblerTest {

  private final List<OtapBatch> emitted = new ArrayList<>();
  private Harness harness;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs-multi", "traces", "metrics", "logs-via-otap"})
  void slicesInAnyOrderGiveTheBatchesOfTheReader(String set) throws Exception {
    TestSlices cuts = TestSlices.of(set);
    for (int seed = 0; seed < 3; seed++) {
      emitted.clear();
      start(null);
      for (OtapSlice slice : shuffled(cuts, seed)) {
        harness.processElement(new StreamRecord<>(slice));
      }
      harness.endInput();
      takeOutput();
      assertSame(cuts);
      assertThat(harness.numKeyedStateEntries()).isZero();
      harness.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"traces", "logs-killed"})
  void everyPointBetweenTwoSlicesCanBeRestored(String set) throws Exception {
    TestSlices cuts = TestSlices.of(set);
    start(null);
    int checkpoint = 0;
    List<OtapSlice> slices = shuffled(cuts, 4);
    for (OtapSlice slice : slices.subList(0, Math.min(slices.size(), 400))) {
      harness.processElement(new StreamRecord<>(slice));
      OperatorSubtaskState state = harness.snapshot(++checkpoint, checkpoint);
      takeOutput();
      harness.close();
      start(state);
    }
    for (OtapSlice slice : slices.subList(Math.min(slices.size(), 400), slices.size())) {
      harness.processElement(new StreamRecord<>(slice));
    }
    harness.endInput();
    takeOutput();
    assertSame(cuts);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void stateOfOneGoesToTwo() throws Exception {
    TestSlices cuts = TestSlices.of("metrics");
    List<OtapSlice> slices = shuffled(cuts, 9);
    List<OtapSlice> first = slices.subList(0, slices.size() / 2);
    List<OtapSlice> second = slices.subList(slices.size() / 2, slices.size());
    start(null);
    for (OtapSlice slice : first) {
      harness.processElement(new StreamRecord<>(slice));
    }
    OperatorSubtaskState state = harness.snapshot(1, 1);
    takeOutput();
    harness.close();
    for (int subtask = 0; subtask < 2; subtask++) {
      harness = new Harness(2, subtask);
      harness.setup(OtapBatchSerializer.INSTANCE);
      harness.initializeState(
          Harness.repartitionOperatorState(state, Harness.MAX_PARALLELISM, 1, 2, subtask));
      harness.open();
      for (OtapSlice slice : second) {
        if (harness.owns(slice)) {
          harness.processElement(new StreamRecord<>(slice));
        }
      }
      harness.endInput();
      takeOutput();
      assertThat(harness.numKeyedStateEntries()).isZero();
      harness.close();
    }
    assertSame(cuts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs-multi", "metrics"})
  void eventTimeNeverOvertakesWhatWaits(String set) throws Exception {
    TestSlices cuts = TestSlices.of(set);
    List<OtapSlice> slices = shuffled(cuts, 6);
    Random random = new Random(6);
    start(null);
    int checkpoint = 0;
    for (int i = 0; i < slices.size(); i++) {
      // What an honest source says: nothing that is still to come is earlier than this.
      long rest =
          slices.subList(i, slices.size()).stream()
              .map(OtapSlice::head)
              .filter(CutHead::hasEventTime)
              .mapToLong(CutHead::eventTime)
              .min()
              .orElse(Long.MAX_VALUE);
      harness.processWatermark(new Watermark(rest - 1));
      CutHead head = slices.get(i).head();
      harness.processElement(
          head.hasEventTime()
              ? new StreamRecord<>(slices.get(i), head.eventTime())
              : new StreamRecord<>(slices.get(i)));
      if (random.nextInt(20) == 0) {
        OperatorSubtaskState state = harness.snapshot(++checkpoint, checkpoint);
        assertNothingLate();
        harness.close();
        start(state);
      }
    }
    harness.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(harness.getOutput()).last().isEqualTo(Watermark.MAX_WATERMARK);
    assertNothingLate();
    assertSame(cuts);
  }

  @Test
  void theWatermarkIsHeldAndReleasedWithTheLastSlice() throws Exception {
    List<OtapSlice> slices = TestSlices.of("logs-multi").largest();
    long time = slices.get(0).head().eventTime();
    start(null);
    harness.processElement(new StreamRecord<>(slices.get(0), time));
    harness.processWatermark(new Watermark(time + 1_000));
    assertThat(harness.getOutput()).containsExactly(new Watermark(time - 1));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state);
    harness.processWatermark(new Watermark(time + 1_000));
    assertThat(harness.getOutput()).containsExactly(new Watermark(time - 1));
    for (OtapSlice slice : slices.subList(1, slices.size())) {
      harness.processElement(new StreamRecord<>(slice, time));
    }
    assertThat(harness.getOutput()).last().isEqualTo(new Watermark(time + 1_000));
    assertThat(harness.getOutput()).hasSize(3);
  }

  @Test
  void aMissingSliceFailsTheJobAtTheEnd() throws Exception {
    List<OtapSlice> slices = TestSlices.of("traces").largest();
    for (OtapSlice lost : slices) {
      start(null);
      for (OtapSlice slice : slices) {
        if (slice != lost) {
          harness.processElement(new StreamRecord<>(slice));
        }
      }
      assertThatThrownBy(harness::endInput)
          .isInstanceOf(OtapException.class)
          .hasMessageContaining("cut " + lost.head().cut() + " of split " + lost.head().split())
          .hasMessageContaining(
              lost instanceof ChildSlice child
                  ? "slice " + child.sequence() + " of "
                  : "the slice with the root rows is missing")
          .hasMessageContaining("missing");
      harness.close();
    }
  }

  @Test
  void aDoubledSliceFailsTheJobAlsoAfterARestore() throws Exception {
    OtapSlice slice = TestSlices.of("traces").largest().get(0);
    start(null);
    harness.processElement(new StreamRecord<>(slice));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    start(state);
    assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(slice)))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("has arrived twice");
  }

  @Test
  void aSliceThatIsRepeatedBehindItsCutFailsTheJobAtTheEnd() throws Exception {
    List<OtapSlice> slices = TestSlices.of("traces").largest();
    start(null);
    for (OtapSlice slice : slices) {
      harness.processElement(new StreamRecord<>(slice));
    }
    harness.processElement(new StreamRecord<>(slices.get(0)));
    assertThatThrownBy(harness::endInput)
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("the slice with the root rows is missing");
  }

  @Test
  void aContradictingAndAForeignSliceFailTheJob() throws Exception {
    List<OtapSlice> slices = TestSlices.of("traces").largest();
    CutHead head = slices.get(0).head();
    start(null);
    harness.processElement(new StreamRecord<>(slices.get(slices.size() - 1)));
    OtapTable events = OtapTable.empty(PayloadType.SPAN_EVENTS);
    assertRefused(new ChildSlice(head, 77, "f", events), "slice 77 of table span_events");
    assertRefused(
        new ChildSlice(head, 0, "f", OtapTable.empty(PayloadType.LOG_ATTRS)),
        "table log_attrs has arrived, which cannot belong to traces");
    CutHead other = new CutHead(head.split(), Signal.LOGS, head.cut(), head.eventTime());
    assertRefused(
        new ChildSlice(other, 0, "f", OtapTable.empty(PayloadType.LOG_ATTRS)),
        "contradicts those before");
  }

  @Test
  void orphansGoAside() throws Exception {
    TestSlices cuts = TestSlices.of("logs-killed");
    run(cuts);
    List<OrphanRow> orphans = aside(OtapBatchAssembler.ORPHANS);
    long counted =
        cuts.batches().values().stream()
            .flatMap(batch -> batch.origin().orphans().values().stream())
            .mapToLong(Long::longValue)
            .sum();
    assertThat(orphans).hasSize((int) counted).hasSizeGreaterThan(200);
    assertThat(orphans).extracting(OrphanRow::table).containsOnly("log_attrs");
    assertThat(orphans).allMatch(row -> row.file().endsWith(".parquet"));
    assertThat(orphans).extracting(OrphanRow::parentId).contains(274L);
  }

  @Test
  void undecidedRowsGoAside() throws Exception {
    TestSlices cuts = TestSlices.of("logs-ambiguous");
    run(cuts);
    Map<String, Integer> expected = new HashMap<>();
    for (OtapBatch batch : cuts.batches().values()) {
      for (int row = 0; row < batch.rows(); row++) {
        if (batch.resourceRecovery(row) == Recovery.N || batch.scopeRecovery(row) == Recovery.N) {
          expected.put(batch.origin().file() + "#" + (batch.origin().firstRow() + row), row);
        }
      }
    }
    assertThat(aside(OtapBatchAssembler.UNDECIDED))
        .isNotEmpty()
        .allMatch(row -> row.timeUnixNano() > 0 && (row.resource() || row.scope()))
        .extracting(row -> row.file() + "#" + row.row())
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
  }

  @Test
  void lateRowsGoAsideAtOnceAndHoldNothing() throws Exception {
    List<OtapSlice> slices = TestSlices.of("logs-multi").largest();
    long time = slices.get(0).head().eventTime();
    CutHead head = new CutHead("late", Signal.LOGS, 1, CutHead.NO_TIME);
    LateSlice late =
        new LateSlice(head, PayloadType.LOG_ATTRS, "f", new long[] {8, 9}, new long[] {3, 4});
    start(null);
    harness.processWatermark(new Watermark(time - 10));
    harness.processElement(new StreamRecord<>(late));
    harness.processElement(new StreamRecord<>(slices.get(0), time));
    harness.processElement(new StreamRecord<>(late));
    assertThat(aside(OtapBatchAssembler.LATE_CHILDREN))
        .containsExactly(
            new LateRow("late", "log_attrs", 3, "f", 8),
            new LateRow("late", "log_attrs", 4, "f", 9),
            new LateRow("late", "log_attrs", 3, "f", 8),
            new LateRow("late", "log_attrs", 4, "f", 9));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    for (OtapSlice slice : slices.subList(1, slices.size())) {
      harness.processElement(new StreamRecord<>(slice, time));
    }
    harness.processWatermark(new Watermark(time + 1));
    harness.endInput();
    assertThat(harness.getOutput()).last().isEqualTo(new Watermark(time + 1));
    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  private void run(TestSlices cuts) throws Exception {
    start(null);
    for (OtapSlice slice : cuts.slices()) {
      harness.processElement(new StreamRecord<>(slice));
    }
    harness.endInput();
  }

  private <T> List<T> aside(OutputTag<T> tag) {
    return harness.getSideOutput(tag) == null
        ? List.of()
        : harness.getSideOutput(tag).stream().map(StreamRecord::getValue).toList();
  }

  private void assertRefused(OtapSlice slice, String sentence) {
    assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(slice)))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(sentence);
  }

  private void start(OperatorSubtaskState state) throws Exception {
    harness = new Harness(1, 0);
    harness.setup(OtapBatchSerializer.INSTANCE);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private void takeOutput() {
    emitted.addAll(harness.extractOutputValues());
  }

  /** No batch comes behind a watermark that is as late as its earliest row. */
  private void assertNothingLate() {
    long watermark = Long.MIN_VALUE;
    for (Object element : harness.getOutput()) {
      if (element instanceof Watermark mark) {
        assertThat(mark.getTimestamp()).isGreaterThan(watermark);
        watermark = mark.getTimestamp();
      } else {
        @SuppressWarnings("unchecked")
        StreamRecord<OtapBatch> batch = (StreamRecord<OtapBatch>) element;
        if (batch.hasTimestamp()) {
          assertThat(EventTime.smallestMillis(batch.getValue())).hasValue(batch.getTimestamp());
          assertThat(batch.getTimestamp()).isGreaterThan(watermark);
        }
      }
    }
    takeOutput();
  }

  private void assertSame(TestSlices cuts) {
    Collection<OtapBatch> expected = cuts.batches().values();
    assertThat(emitted).hasSameSizeAs(expected);
    Map<String, OtapBatch> actual = new HashMap<>();
    emitted.forEach(batch -> actual.put(place(batch), batch));
    for (OtapBatch batch : expected) {
      BatchEquality.assertSame(actual.get(place(batch)), batch);
    }
  }

  private static String place(OtapBatch batch) {
    return batch.origin().file() + "#" + batch.origin().firstRow();
  }

  private static List<OtapSlice> shuffled(TestSlices cuts, long seed) {
    List<OtapSlice> slices = cuts.slices();
    Collections.shuffle(slices, new Random(seed));
    return slices;
  }

  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<Object, OtapSlice, OtapBatch> {

    static final int MAX_PARALLELISM = 16;

    private final int parallelism;
    private final int subtask;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Harness(int parallelism, int subtask) throws Exception {
      super(
          new OtapBatchAssembler(),
          new CutKey()::getKey,
          (org.apache.flink.api.common.typeinfo.TypeInformation) CutKey.TYPE,
          MAX_PARALLELISM,
          parallelism,
          subtask);
      this.parallelism = parallelism;
      this.subtask = subtask;
    }

    boolean owns(OtapSlice slice) {
      return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
              new CutKey().getKey(slice), MAX_PARALLELISM, parallelism)
          == subtask;
    }
  }
}

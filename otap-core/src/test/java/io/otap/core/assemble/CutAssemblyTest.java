/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.BatchEquality;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutAssemblyTest {

  private static final CutHead HEAD = new CutHead("logs:part-1.parquet:0-9", Signal.LOGS, 3, 7);

  private final CutAssembly assembly = new CutAssembly(HEAD);

  @ParameterizedTest
  @ValueSource(strings = {"logs-multi", "traces", "metrics", "logs-via-otap", "logs-killed"})
  void anyOrderGivesTheBatchOfTheReader(String set) throws IOException {
    Random random = new Random(11);
    TestSlices cuts = TestSlices.of(set);
    for (Map.Entry<List<Object>, List<OtapSlice>> cut : cuts.byCut().entrySet()) {
      List<OtapSlice> slices = new ArrayList<>(cut.getValue());
      Collections.shuffle(slices, random);
      CutAssembly account = new CutAssembly(slices.get(0).head());
      for (OtapSlice slice : slices) {
        assertThat(account.isComplete()).isFalse();
        account.add(slice);
      }
      assertThat(account.isComplete()).isTrue();
      assertThat(account.slices()).isEqualTo(slices.size());
      List<Long> orphans = new ArrayList<>();
      OtapBatch batch = CutAssembly.join(slices, (table, file, parentId) -> orphans.add(parentId));
      BatchEquality.assertSame(batch, cuts.batches().get(cut.getKey()));
      assertThat(orphans)
          .hasSize(batch.origin().orphans().values().stream().mapToInt(Long::intValue).sum());
    }
  }

  @Test
  void rootRowsAloneAreAWholeCut() throws OtapException {
    assembly.add(closing(Map.of()));
    assertThat(assembly.isComplete()).isTrue();
  }

  @Test
  void aSliceThatComesTwiceIsRefused() throws OtapException {
    assembly.add(attrs(1));
    assertRefused(() -> assembly.add(attrs(1)), "slice 1 of table log_attrs has arrived twice");
    assembly.add(closing(Map.of(PayloadType.LOG_ATTRS, 2)));
    assertRefused(
        () -> assembly.add(closing(Map.of(PayloadType.LOG_ATTRS, 2))),
        "the slice with the root rows has arrived twice");
  }

  @Test
  void aSliceBeyondTheAnnouncedNumberIsRefused() throws OtapException {
    assembly.add(attrs(2));
    assertRefused(
        () -> assembly.add(closing(Map.of(PayloadType.LOG_ATTRS, 2))),
        "slice 2 of table log_attrs has arrived, but the root rows say that there are 2");
    CutAssembly other = new CutAssembly(HEAD);
    other.add(closing(Map.of(PayloadType.LOG_ATTRS, 1)));
    assertRefused(
        () -> other.add(attrs(1)),
        "slice 1 of table log_attrs has arrived, but the root rows say that there are 1");
    assertRefused(() -> other.add(attrs(-1)), "a slice of log_attrs has the number -1");
  }

  @Test
  void aSliceOfAnotherSignalOrTableIsRefused() {
    assertRefused(
        () -> assembly.add(child(HEAD, PayloadType.SPAN_ATTRS, 0)), "cannot belong to logs");
    assertRefused(
        () -> assembly.add(child(HEAD, PayloadType.RESOURCE_ATTRS, 0)), "cannot belong to logs");
    assertRefused(() -> assembly.add(child(HEAD, PayloadType.LOGS, 0)), "cannot belong to logs");
    assertRefused(
        () -> assembly.add(closing(Map.of(PayloadType.SPAN_EVENTS, 1))), "cannot belong to logs");
    assertThat(assembly.slices()).isZero();
  }

  @Test
  void aSliceThatSaysOtherThingsOfItsCutIsRefused() {
    CutHead other = new CutHead(HEAD.split(), Signal.TRACES, HEAD.cut(), HEAD.eventTime());
    assertRefused(
        () -> assembly.add(child(other, PayloadType.SPAN_ATTRS, 0)), "contradicts those before");
    CutHead later = new CutHead(HEAD.split(), HEAD.signal(), HEAD.cut(), 8);
    assertRefused(
        () -> assembly.add(child(later, PayloadType.LOG_ATTRS, 0)), "contradicts those before");
  }

  @Test
  void whatIsMissingIsNamed() throws OtapException {
    assembly.add(attrs(0));
    assertThat(assembly.incomplete())
        .hasMessageContaining("the slice with the root rows is missing; there are 1 others");
    assembly.add(attrs(2));
    assembly.add(closing(Map.of(PayloadType.LOG_ATTRS, 4)));
    assertThat(assembly.isComplete()).isFalse();
    assertThat(assembly.incomplete())
        .hasMessageContaining("slice 1 of 4 of table log_attrs is missing")
        .hasMessageContaining("cut 3 of split logs:part-1.parquet:0-9");
  }

  private static void assertRefused(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION))
        .hasMessageContaining("cut 3 of split logs:part-1.parquet:0-9")
        .hasMessageContaining(sentence);
  }

  private static OtapSlice attrs(int sequence) {
    return child(HEAD, PayloadType.LOG_ATTRS, sequence);
  }

  private static OtapSlice child(CutHead head, PayloadType table, int sequence) {
    return new ChildSlice(head, sequence, "attrs.parquet", OtapTable.empty(table));
  }

  private static OtapSlice closing(Map<PayloadType, Integer> counts) {
    return new ClosingSlice(
        HEAD,
        new RootSlice(
            "p", "part-1.parquet", 0, OtapTable.empty(PayloadType.LOGS), List.of(), null, null),
        counts,
        List.of(),
        false);
  }
}

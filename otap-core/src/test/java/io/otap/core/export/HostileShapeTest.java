/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.otap.core.assemble.CutSlices;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.OtapSliceCodec;
import io.otap.core.assemble.SliceCutter;
import io.otap.core.assemble.SplitCutReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shapes of {@link HostileMemory}, smaller, come back whole and within a small memory. */
class HostileShapeTest {

  @TempDir Path tree;

  private List<MessageLite> write(HostileShape shape, int count, int size) throws IOException {
    List<MessageLite> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(shape.request(i, size));
    }
    shape.write(tree, count, requests::get);
    return requests;
  }

  private static ReadOptions options(long readerMemory) {
    return new ReadOptions(5_000, 16 << 20, RecoveryPolicy.LIKELY, true, readerMemory);
  }

  @ParameterizedTest
  @EnumSource
  void comesBack(HostileShape shape) throws IOException {
    int count = shape == HostileShape.SHUFFLED ? 1 : Math.min(20, shape.requests);
    List<MessageLite> requests = write(shape, count, 50_000);
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.PARQUET);
    requests.forEach(expected::add);
    for (long splitSize : new long[] {100_000, Long.MAX_VALUE / 2}) {
      OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
      for (OtapBatch batch : Worlds.replay(tree, splitSize, options(256 << 20))) {
        actual.add(batch);
      }
      OtlpComparison comparison = OtlpComparison.of(expected, actual);
      assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    }
  }

  /** 60 MB of values in a page of parents, read with 24 MB for rows that wait. */
  @Test
  void largeValuesDoNotWaitForTheRowsOfTheirPage() throws IOException {
    write(HostileShape.LARGE_VALUES, 6, 1_000_000);
    assertThat(Worlds.replay(tree, Long.MAX_VALUE / 2, options(24 << 20)))
        .hasSizeGreaterThan(3)
        .allSatisfy(batch -> assertThat(batch.bytes()).isLessThan(24 << 20));
  }

  /** What a reader holds is cut by rows and bytes: slices of a megabyte, or one row. */
  @Test
  void slicesOfLargeValuesAreSmall() throws IOException {
    write(HostileShape.LARGE_VALUES, 2, 700_000);
    LocalStorage storage = new LocalStorage();
    OtapTree listed = OtapTree.list(storage, tree.toString());
    int slices = 0;
    for (SplitPlan plan :
        SplitPlanner.plan(
            listed, SplitPlanner.signals(listed), Long.MAX_VALUE / 2, options(256 << 20))) {
      try (SplitCutReader cuts = SplitCutReader.open(storage, plan, 0)) {
        for (CutSlices cut = cuts.next(); cut != null; cut = cuts.next()) {
          for (OtapSlice slice : SliceCutter.slices(plan, cut)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            OtapSliceCodec.write(slice, new DataOutputStream(bytes));
            assertThat(bytes.size()).isLessThan(2 << 20);
            slices++;
          }
        }
      }
    }
    assertThat(slices).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(names = {"MANY_POINTS", "FULL_DICTIONARIES"})
  void moreThanTheReadersMemoryNamesTheOption(HostileShape shape) throws IOException {
    write(shape, 1, 100_000);
    assertThatThrownBy(() -> Worlds.replay(tree, Long.MAX_VALUE / 2, options(200_000)))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION))
        .hasMessageContaining("source.reader-memory");
  }
}

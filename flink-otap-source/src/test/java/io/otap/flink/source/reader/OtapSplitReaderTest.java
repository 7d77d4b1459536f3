/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.assemble.CutSlices;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.SplitPlan;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.TestSplits;
import io.otap.flink.source.storage.FailingStorage;
import io.otap.flink.source.storage.FlinkStorage;
import io.otap.flink.source.storage.RetrySettings;
import io.otap.flink.source.storage.RetryingStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtapSplitReaderTest {

  private final SourceReaderMetricGroup metrics =
      UnregisteredMetricsGroup.createSourceReaderMetricGroup();
  private final OtapSplitReader<OtapBatch> reader =
      new OtapSplitReader<>(
          new FlinkStorage(),
          new BatchForm(),
          CorruptFiles.of("fail"),
          new ReaderMetrics(metrics),
          new SplitMemory());

  @AfterEach
  void close() throws IOException {
    reader.close();
  }

  @Test
  void aFetchGivesABatchAndAtLastTheEndOfTheSplit() throws IOException {
    OtapSplit split = largest();
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    List<CutRecords<OtapBatch>> batches = rest(split);
    assertThat(batches).hasSizeGreaterThan(2);
    for (int i = 0; i < batches.size(); i++) {
      assertThat(batches.get(i).position()).isEqualTo(i + 1);
    }
    assertThat(reader.fetch().finishedSplits()).isEmpty();
  }

  @Test
  void aRestoredSplitGoesOnAtItsPosition() throws IOException {
    OtapSplit split = largest();
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    List<CutRecords<OtapBatch>> all = rest(split);
    OtapSplit restored = new OtapSplit(split.plan(), 2);
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(restored)));
    List<CutRecords<OtapBatch>> rest = rest(restored);
    assertThat(rest).hasSize(all.size() - 2);
    assertThat(rest.get(0).position()).isEqualTo(3);
    assertThat(rest.get(0).records().get(0).origin())
        .isEqualTo(all.get(2).records().get(0).origin());
  }

  @Test
  void aPausedSplitIsNotReadUntilItIsResumed() throws Exception {
    OtapSplit split = largest();
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    assertThat(reader.fetch().nextSplit()).isEqualTo(split.splitId());
    reader.pauseOrResumeSplits(List.of(split), List.of());
    CompletableFuture<RecordsWithSplitIds<CutRecords<OtapBatch>>> fetch = fetchBeside(reader);
    assertThatThrownBy(() -> fetch.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    reader.wakeUp();
    assertThat(fetch.get(10, TimeUnit.SECONDS).nextSplit()).isNull();
    reader.pauseOrResumeSplits(List.of(), List.of(split));
    assertThat(reader.fetch().nextSplit()).isEqualTo(split.splitId());
  }

  @Test
  void whatIsReadAheadIsBounded() throws Exception {
    OtapSplit split = largest();
    try (OtapSplitReader<OtapBatch> reader =
        new OtapSplitReader<>(
            new FlinkStorage(),
            new LargeForm(),
            CorruptFiles.of("fail"),
            new ReaderMetrics(metrics),
            new SplitMemory())) {
      reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
      RecordsWithSplitIds<CutRecords<OtapBatch>> first = reader.fetch();
      CompletableFuture<RecordsWithSplitIds<CutRecords<OtapBatch>>> woken = fetchBeside(reader);
      reader.wakeUp();
      assertThat(woken.get(10, TimeUnit.SECONDS).nextSplit()).isNull();
      CompletableFuture<RecordsWithSplitIds<CutRecords<OtapBatch>>> second = fetchBeside(reader);
      first.recycle();
      assertThat(second.get(10, TimeUnit.SECONDS).nextSplit()).isEqualTo(split.splitId());
    }
  }

  private static <T> CompletableFuture<RecordsWithSplitIds<CutRecords<T>>> fetchBeside(
      OtapSplitReader<T> reader) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return reader.fetch();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void whileASplitIsPausedTheNextOneIsRead() throws IOException {
    List<OtapSplit> splits =
        TestSplits.of("logs-small").stream()
            .filter(split -> rows(split) > 20)
            .sorted(Comparator.comparing(OtapSplit::plan, SplitPlan.OLDEST_FIRST))
            .limit(2)
            .toList();
    OtapSplit first = splits.get(0);
    OtapSplit second = splits.get(1);
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(second, first)));
    assertThat(reader.fetch().nextSplit()).isEqualTo(first.splitId());
    reader.pauseOrResumeSplits(List.of(first), List.of());
    assertThat(reader.fetch().nextSplit()).isEqualTo(second.splitId());
    reader.pauseOrResumeSplits(List.of(), List.of(first));
    List<CutRecords<OtapBatch>> restOfFirst = rest(first);
    assertThat(restOfFirst.get(0).position()).isEqualTo(2);
    assertThat(rest(second).get(0).position()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"open, true", "read, true", "open, false"})
  void whatTheStorageDoesNotGiveIsLeftOutIfItGivesTheRest(String operation, boolean restIsThere)
      throws IOException {
    OtapSplit split = largest();
    FailingStorage failing = new FailingStorage();
    RetryingStorage storage =
        new RetryingStorage(
            failing,
            new RetrySettings(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMinutes(1)),
            () -> {});
    try (OtapSplitReader<OtapBatch> skipping =
        new OtapSplitReader<>(
            storage,
            new BatchForm(),
            CorruptFiles.of("skip"),
            new ReaderMetrics(metrics),
            new SplitMemory())) {
      skipping.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
      failing.failWhen((what, path) -> what.equals(operation) || !restIsThere);
      if (restIsThere) {
        assertThat(skipping.fetch().finishedSplits()).containsExactly(split.splitId());
        assertThat(skipping.fetch().nextSplit()).isNull();
      } else {
        assertThatThrownBy(skipping::fetch)
            .isInstanceOfSatisfying(
                OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.IO))
            .hasMessageContaining("given up after 2 attempts")
            .hasMessageContaining("connection reset")
            .hasMessageContaining(".parquet");
      }
    }
  }

  @Test
  void aFileThatIsGoneIsNamed() throws IOException {
    OtapSplit split = largest();
    DataFile root = split.plan().root();
    DataFile gone =
        new DataFile(
            root.table(),
            root.partition(),
            root.path() + ".gone",
            root.length(),
            root.rows(),
            root.ids(),
            root.parentIds(),
            root.resourceIds(),
            root.scopeIds(),
            root.times());
    SplitPlan plan =
        new SplitPlan(
            split.plan().signal(),
            gone,
            0,
            1,
            split.plan().owned(),
            List.of(),
            true,
            split.plan().options());
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(new OtapSplit(plan))));
    assertThatThrownBy(reader::fetch)
        .isInstanceOf(OtapException.class)
        .hasMessageContaining(".gone");
  }

  @Test
  void lateRowsAreNoRecordsAndHaveNoTime() throws IOException {
    OtapSplit split = TestSplits.late("traces", PayloadType.SPAN_EVENT_ATTRS);
    try (OtapSplitReader<OtapSlice> slices =
        new OtapSplitReader<>(
            new FlinkStorage(),
            new SliceForm(),
            CorruptFiles.of("fail"),
            new ReaderMetrics(metrics),
            new SplitMemory())) {
      slices.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
      CutRecords<OtapSlice> late = rest(slices, split).get(0);
      assertThat(late.time()).isEmpty();
      assertThat(late.rows()).isZero();
      assertThat(late.position()).isEqualTo(1);
      assertThat(late.records())
          .singleElement()
          .isInstanceOfSatisfying(
              LateSlice.class,
              slice -> assertThat(slice.rows()).hasSize((int) split.plan().root().rows()));
      OtapSplit restored = new OtapSplit(split.plan(), 1);
      slices.handleSplitsChanges(new SplitsAddition<>(List.of(restored)));
      assertThat(rest(slices, restored)).isEmpty();
    }
  }

  @Test
  void aReaderThatJoinsRefusesLateRows() throws IOException {
    OtapSplit split = TestSplits.late("traces", PayloadType.SPAN_ATTRS);
    reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    assertThatThrownBy(reader::fetch)
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("source.assembly = keyed");
  }

  private List<CutRecords<OtapBatch>> rest(OtapSplit split) throws IOException {
    return rest(reader, split);
  }

  private static <T> List<CutRecords<T>> rest(OtapSplitReader<T> reader, OtapSplit split)
      throws IOException {
    List<CutRecords<T>> batches = new ArrayList<>();
    while (true) {
      RecordsWithSplitIds<CutRecords<T>> fetched = reader.fetch();
      if (!fetched.finishedSplits().isEmpty()) {
        assertThat(fetched.finishedSplits()).containsExactly(split.splitId());
        return batches;
      }
      assertThat(fetched.nextSplit()).isEqualTo(split.splitId());
      batches.add(fetched.nextRecordFromSplit());
      assertThat(fetched.nextRecordFromSplit()).isNull();
      assertThat(fetched.nextSplit()).isNull();
    }
  }

  private static OtapSplit largest() throws IOException {
    return TestSplits.of("logs-small").stream()
        .max((a, b) -> Long.compare(rows(a), rows(b)))
        .orElseThrow();
  }

  private static long rows(OtapSplit split) {
    return split.plan().endRow() - split.plan().firstRow();
  }

  /** Says that a cut is large. */
  private static final class LargeForm implements CutForm<OtapBatch> {

    private static final long serialVersionUID = 1L;

    private final BatchForm form = new BatchForm();

    @Override
    public TypeInformation<OtapBatch> type() {
      return form.type();
    }

    @Override
    public CutRecords<OtapBatch> records(SplitPlan plan, CutSlices cut, long position)
        throws IOException {
      CutRecords<OtapBatch> own = form.records(plan, cut, position);
      return new CutRecords<>(
          own.records(), own.batch(), own.time(), own.rows(), 1L << 30, position);
    }

    @Override
    public boolean joins() {
      return true;
    }
  }
}

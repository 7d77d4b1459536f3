/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.scan.SplitPlan;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.EventTimeBound;
import io.otap.flink.source.split.NoSplitsNow;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.SplitsFinished;
import io.otap.flink.source.split.SplitsHeld;
import io.otap.flink.source.split.TestSplits;
import io.otap.flink.source.storage.FailingStorage;
import io.otap.flink.source.storage.RetrySettings;
import io.otap.flink.source.storage.RetryingStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtapSourceReaderTest {

  private final TestingReaderContext context = new TestingReaderContext();
  private final FailingStorage failing = new FailingStorage();
  private final AtomicInteger retries = new AtomicInteger();
  private final AtomicInteger splitReaders = new AtomicInteger();
  private final RecordedOutput output = new RecordedOutput();
  private boolean follows;
  private List<OtapSplit> splits;
  private OtapSourceReader<OtapBatch> reader;

  @BeforeEach
  void plan() throws Exception {
    splits =
        TestSplits.of("mixed").stream()
            .sorted(Comparator.comparing(OtapSplit::plan, SplitPlan.OLDEST_FIRST))
            .limit(5)
            .toList();
    assertThat(splits).hasSize(5);
  }

  @AfterEach
  void close() throws Exception {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Test
  void aReaderAsksForOneSplitAfterTheOtherUnlessItMayHaveMore() throws Exception {
    open(1);
    reader.start();
    assertThat(context.getNumSplitRequests()).isEqualTo(1);
    reader.addSplits(splits.subList(0, 1));
    assertThat(context.getNumSplitRequests()).isEqualTo(1);
    readUntilEnded(1);
    assertThat(context.getNumSplitRequests()).isEqualTo(2);
  }

  /** Flink makes a thread and a split reader for each, unless it is told not to. */
  @Test
  void oneSplitReaderReadsWhatComesOneAfterTheOther() throws Exception {
    open(1);
    reader.start();
    for (int i = 0; i < splits.size(); i++) {
      reader.addSplits(splits.subList(i, i + 1));
      readUntilEnded(i + 1);
    }
    assertThat(splitReaders).hasValue(1);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    reader.notifyNoMoreSplits();
    while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
      reader.isAvailable().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aReaderThatMayHaveThreeAsksForWhatIsMissing() throws Exception {
    open(3);
    reader.start();
    assertThat(context.getNumSplitRequests()).isEqualTo(3);
    reader.addSplits(splits.subList(0, 1));
    reader.addSplits(splits.subList(1, 2));
    reader.addSplits(splits.subList(2, 3));
    assertThat(context.getNumSplitRequests()).isEqualTo(3);
    readUntilEnded(1);
    assertThat(context.getNumSplitRequests()).isEqualTo(4);
    readUntilEnded(3);
    assertThat(context.getNumSplitRequests()).isEqualTo(6);
    assertThat(context.getSentEvents())
        .contains(
            new SplitsHeld(List.of(), Long.MAX_VALUE, true),
            new SplitsHeld(List.of(splits.get(2).splitId()), begin(0, 1, 2), false),
            new SplitsFinished(List.of(splits.get(2).splitId()), Long.MAX_VALUE));
  }

  @Test
  void aRestoredReaderAsksForTheRestOnly() throws Exception {
    open(3);
    reader.addSplits(List.of(splits.get(1), splits.get(4).finished(), splits.get(0)));
    reader.start();
    assertThat(context.getNumSplitRequests()).isEqualTo(1);
    readUntilEnded(3);
    // A checkpoint has its splits in any order.
    assertThat(output.ended)
        .containsExactly(splits.get(4).splitId(), splits.get(0).splitId(), splits.get(1).splitId());
    assertThat(reader.snapshotState(1)).hasSize(3).allMatch(OtapSplit::isFinished);
  }

  @Test
  void aReaderAsksNoMoreWhenItHasTheLastSplit() throws Exception {
    open(3);
    reader.start();
    reader.addSplits(splits.subList(0, 2));
    reader.notifyNoMoreSplits();
    readUntilEnded(2);
    assertThat(context.getNumSplitRequests()).isEqualTo(3);
    while (reader.pollNext(output) != InputStatus.END_OF_INPUT) {
      reader.isAvailable().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void everySplitThatWaitsHoldsEventTimeAtItsEarliest() throws Exception {
    open(3);
    reader.start();
    reader.addSplits(splits.subList(0, 3));
    reader.pollNext(output);
    for (OtapSplit split : splits.subList(0, 3)) {
      assertThat(output.watermarks)
          .containsEntry(
              split.splitId(),
              List.of(new Watermark(Math.floorDiv(split.plan().earliest(), 1_000_000L) - 1)));
    }
    readUntilEnded(3);
    assertThat(output.watermarks.values()).allMatch(ofSplit -> ofSplit.size() == 1);
    assertThat(output.ofReader).isEmpty();
  }

  @Test
  void whereATreeGrowsEventTimeGoesNoFurtherThanTheEnumeratorTells() throws Exception {
    follows = true;
    open(3);
    reader.start();
    reader.addSplits(splits.subList(1, 3));
    reader.pollNext(output);
    assertThat(output.watermarks).as("before anything is told").isEmpty();
    reader.handleSourceEvents(new EventTimeBound(begin(0)));
    assertThat(output.watermarks)
        .containsEntry(splits.get(1).splitId(), watermark(begin(0)))
        .containsEntry(splits.get(2).splitId(), watermark(begin(0)));
    readUntilEnded(2);
    assertThat(output.ofReader).allMatch(watermark(begin(0))::contains);
    output.ofReader.clear();
    reader.handleSourceEvents(new EventTimeBound(begin(4)));
    assertThat(output.ofReader).isEqualTo(watermark(begin(4)));
    assertThat(output.idle).isFalse();
  }

  @Test
  void aReaderIsIdleWhenItHasReadAllAndThereIsNothingForIt() throws Exception {
    open(3);
    reader.start();
    reader.addSplits(splits.subList(0, 2));
    reader.handleSourceEvents(new NoSplitsNow());
    readUntilEnded(1);
    assertThat(output.idle).isFalse();
    readUntilEnded(2);
    assertThat(output.idle).isTrue();
    reader.addSplits(splits.subList(2, 3));
    assertThat(output.idle).isFalse();
    readUntilEnded(3);
    assertThat(output.idle).isFalse();
    reader.handleSourceEvents(new NoSplitsNow());
    assertThat(output.idle).isTrue();
  }

  /** A task downstream would take the event time of other readers, and what follows for late. */
  @Test
  void aRestoredReaderIsNotIdleBeforeItHasToldItsTime() throws Exception {
    follows = true;
    open(3);
    reader.addSplits(List.of(splits.get(0).finished(), splits.get(1).finished()));
    reader.start();
    StatusOutput<OtapBatch> emitted = new StatusOutput<>();
    ReaderOutput<OtapBatch> ofFlink = emitted.readerOutput();
    List.of(0, 1).forEach(i -> ofFlink.createOutputForSplit(splits.get(i).splitId()));
    reader.pollNext(ofFlink);
    reader.handleSourceEvents(new EventTimeBound(begin(2)));
    reader.pollNext(ofFlink);
    assertThat(emitted.told()).isEqualTo(watermark(begin(2)));
    reader.handleSourceEvents(new NoSplitsNow());
    assertThat(emitted.told()).endsWith(WatermarkStatus.IDLE);
  }

  @Test
  void whatTheStorageFailsToGiveForAWhileIsReadOnce() throws Exception {
    open(2);
    reader.start();
    reader.addSplits(splits.subList(0, 2));
    readUntilEnded(2);
    List<Object> expected = new ArrayList<>(output.origins);
    close();
    output.clear();
    context.clearSentEvents();
    AtomicInteger operations = new AtomicInteger();
    failing.failWhen((operation, path) -> operations.incrementAndGet() % 3 == 0);
    open(2);
    reader.start();
    reader.addSplits(splits.subList(0, 2));
    readUntilEnded(2);
    assertThat(output.origins).isEqualTo(expected).isNotEmpty();
    assertThat(retries).hasPositiveValue();
  }

  @Test
  void closingDoesNotWaitForTheStorage() throws Exception {
    failing.failWhen((operation, path) -> true);
    Duration hour = Duration.ofHours(1);
    open(1, new RetrySettings(5, hour, hour, hour.multipliedBy(24)));
    reader.start();
    reader.addSplits(splits.subList(0, 1));
    long start = System.nanoTime();
    close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  /** When the first of some splits begins. */
  private long begin(int... numbers) {
    return Arrays.stream(numbers)
        .mapToLong(n -> splits.get(n).plan().earliest())
        .min()
        .orElseThrow();
  }

  private static List<Watermark> watermark(long earliest) {
    return List.of(new Watermark(Math.floorDiv(earliest, 1_000_000L) - 1));
  }

  private void open(int maxOpen) throws Exception {
    Duration pause = Duration.ofMillis(1);
    open(maxOpen, new RetrySettings(5, pause, pause, Duration.ofMinutes(1)));
  }

  private void open(int maxOpen, RetrySettings settings) throws Exception {
    RetryingStorage storage = new RetryingStorage(failing, settings, retries::incrementAndGet);
    ReaderMetrics metrics = new ReaderMetrics(context.metricGroup());
    BatchForm form = new BatchForm();
    reader =
        new OtapSourceReader<>(
            () -> {
              splitReaders.incrementAndGet();
              return new OtapSplitReader<>(
                  storage, form, CorruptFiles.of("fail"), metrics, new SplitMemory());
            },
            new OtapRecordEmitter<>(context.metricGroup(), form),
            maxOpen,
            true,
            follows,
            storage,
            new Configuration(),
            context);
  }

  /** Until so many splits have ended. */
  private void readUntilEnded(int splits) throws Exception {
    while (ended() < splits) {
      if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE && ended() < splits) {
        reader.isAvailable().get(10, TimeUnit.SECONDS);
      }
    }
  }

  private long ended() {
    return context.getSentEvents().stream()
        .filter(SplitsFinished.class::isInstance)
        .mapToLong(event -> ((SplitsFinished) event).ids().size())
        .sum();
  }

  /** Notes what happens to the outputs of splits. */
  private static final class RecordedOutput implements ReaderOutput<OtapBatch> {

    private final Map<String, List<Watermark>> watermarks = new TreeMap<>();
    private final List<String> ended = new ArrayList<>();
    private final List<Object> origins = new ArrayList<>();
    private final List<Watermark> ofReader = new ArrayList<>();
    private boolean idle;

    void clear() {
      watermarks.clear();
      ended.clear();
      origins.clear();
    }

    @Override
    public SourceOutput<OtapBatch> createOutputForSplit(String splitId) {
      return new SourceOutput<>() {
        @Override
        public void collect(OtapBatch batch) {
          origins.add(batch.origin());
        }

        @Override
        public void collect(OtapBatch batch, long timestamp) {
          origins.add(batch.origin());
        }

        @Override
        public void emitWatermark(Watermark watermark) {
          watermarks.computeIfAbsent(splitId, id -> new ArrayList<>()).add(watermark);
        }

        @Override
        public void markIdle() {
          // Every output is idle before it is released.
        }

        @Override
        public void markActive() {
          throw new AssertionError("of the whole reader only");
        }
      };
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
      ended.add(splitId);
    }

    @Override
    public void collect(OtapBatch batch) {
      throw new AssertionError("without a split");
    }

    @Override
    public void collect(OtapBatch batch, long timestamp) {
      throw new AssertionError("without a split");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      ofReader.add(watermark);
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }
}

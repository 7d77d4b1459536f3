/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.model.PayloadType;
import io.otap.flink.source.problem.CorruptFiles;
import io.otap.flink.source.split.EventTimeBound;
import io.otap.flink.source.split.NoSplitsNow;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.TestSplits;
import io.otap.flink.source.storage.FlinkStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LateRowsReaderTest {

  private final TestingReaderContext context = new TestingReaderContext();
  private final ReaderMetrics metrics = new ReaderMetrics(context.metricGroup());
  private OtapSourceReader<OtapSlice> reader;
  private final Recorded output = new Recorded();

  private void open(boolean tellsEventTime) {
    reader =
        new OtapSourceReader<>(
            () ->
                new OtapSplitReader<>(
                    new FlinkStorage(),
                    new SliceForm(),
                    CorruptFiles.of("fail"),
                    metrics,
                    new SplitMemory()),
            new OtapRecordEmitter<>(context.metricGroup(), new SliceForm()),
            1,
            tellsEventTime,
            true,
            () -> {},
            new Configuration(),
            context);
  }

  @AfterEach
  void close() throws Exception {
    reader.close();
  }

  @Test
  void lateRowsNeitherHoldEventTimeBackNorMoveIt() throws Exception {
    OtapSplit records = TestSplits.of("traces").get(0);
    OtapSplit late = TestSplits.late("traces", PayloadType.SPAN_ATTRS);
    open(false);
    reader.start();
    read(records);
    assertThat(output.idle).isFalse();
    reader.addSplits(List.of(late));
    assertThat(output.idle).isTrue();
    assertThat(output.splits.get(late.splitId())).isTrue();
    poll();
    assertThat(output.late).isEqualTo(late.plan().root().rows());
    assertThat(output.watermarks).isEmpty();
    assertThat(output.idle).as("while it waits for a split").isFalse();
    reader.handleSourceEvents(new NoSplitsNow());
    assertThat(output.idle).isTrue();
    reader.addSplits(List.of(late));
    assertThat(output.idle).isTrue();
    reader.addSplits(List.of(records));
    assertThat(output.idle).as("with records to read").isFalse();
    poll();
  }

  @Test
  void lateRowsLeaveEventTimeWhereTheEnumeratorTells() throws Exception {
    open(true);
    reader.start();
    reader.addSplits(List.of(TestSplits.late("traces", PayloadType.SPAN_ATTRS)));
    reader.handleSourceEvents(new EventTimeBound(5_000_000));
    reader.pollNext(output);
    assertThat(output.watermarks).containsExactly(new Watermark(4));
    assertThat(output.idle).isFalse();
    poll();
    reader.handleSourceEvents(new NoSplitsNow());
    assertThat(output.idle).isTrue();
    reader.handleSourceEvents(new EventTimeBound(7_000_000));
    assertThat(output.idle).isFalse();
    assertThat(output.watermarks).endsWith(new Watermark(6));
  }

  @Test
  void restoredLateRowsHoldNothingEither() throws Exception {
    OtapSplit late = TestSplits.late("traces", PayloadType.SPAN_EVENT_ATTRS);
    open(false);
    reader.addSplits(List.of(late));
    output.createOutputForSplit(late.splitId());
    reader.start();
    reader.pollNext(output);
    assertThat(output.idle).isTrue();
    assertThat(output.splits.getOrDefault(late.splitId(), true)).isTrue();
    poll();
    assertThat(output.late).isEqualTo(late.plan().root().rows());
    assertThat(reader.snapshotState(1)).singleElement().matches(OtapSplit::isFinished);
  }

  private void read(OtapSplit split) throws Exception {
    reader.addSplits(List.of(split));
    poll();
  }

  /** Until all splits are read. */
  private void poll() throws Exception {
    while (reader.getNumberOfCurrentlyAssignedSplits() > 0) {
      if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE
          && reader.getNumberOfCurrentlyAssignedSplits() > 0) {
        reader.isAvailable().get(1, TimeUnit.MINUTES);
      }
    }
  }

  /** What a reader emits, with how it stands: its main output and those of its splits. */
  private static final class Recorded implements ReaderOutput<OtapSlice> {

    private final List<Watermark> watermarks = new ArrayList<>();
    private final Map<String, Boolean> splits = new HashMap<>();
    private boolean idle;
    private long late;

    @Override
    public void collect(OtapSlice slice) {
      late += slice instanceof LateSlice rows ? rows.rows().length : 0;
    }

    @Override
    public void collect(OtapSlice slice, long timestamp) {
      assertThat(slice).isNotInstanceOf(LateSlice.class);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark);
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }

    @Override
    public SourceOutput<OtapSlice> createOutputForSplit(String split) {
      splits.putIfAbsent(split, false);
      Recorded reader = this;
      return new SourceOutput<>() {

        @Override
        public void collect(OtapSlice slice) {
          reader.collect(slice);
        }

        @Override
        public void collect(OtapSlice slice, long timestamp) {
          reader.collect(slice, timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
          watermarks.add(watermark);
          splits.put(split, false);
        }

        @Override
        public void markIdle() {
          splits.put(split, true);
        }

        @Override
        public void markActive() {
          splits.put(split, false);
        }
      };
    }

    @Override
    public void releaseOutputForSplit(String split) {
      assertThat(splits.remove(split)).as("a split's output is idle at its end").isTrue();
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.flink.source.split.EventTimeBound;
import io.otap.flink.source.split.NoSplitsNow;
import io.otap.flink.source.split.OtapSplit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTimeFrontierTest {

  private static final long NONE = Long.MAX_VALUE;

  private final MockSplitEnumeratorContext<OtapSplit> context = readers(2);
  private final EventTimeFrontier frontier = new EventTimeFrontier(context, Duration.ofMillis(100));

  @Test
  void nothingIsToldBeforeAllReadersAndAListingHaveToldWhatThereIs() {
    frontier.add(List.of(split(20)));
    frontier.held(0, List.of(), NONE);
    frontier.listed(NONE, 0);
    assertThat(told(0)).isEmpty();
    frontier.held(1, List.of(), 30);
    assertThat(told(0)).isEqualTo(told(1)).containsExactly(new EventTimeBound(20));
  }

  @Test
  void allReadersGoToWhereTheEarliestBeginsWhoeverHasIt() {
    bothStart();
    OtapSplit first = split(10);
    OtapSplit second = split(20);
    frontier.add(List.of(first, second));
    frontier.listed(40, 0);
    frontier.held(0, List.of(first.splitId()), 10);
    frontier.held(1, List.of(second.splitId()), 20);
    assertThat(told(1)).containsExactly(new EventTimeBound(10));
    frontier.held(0, List.of(first.splitId()), NONE);
    frontier.held(1, List.of(second.splitId()), NONE);
    frontier.listed(NONE, 0);
    assertThat(told(0))
        .isEqualTo(told(1))
        .containsExactly(new EventTimeBound(10), new EventTimeBound(20), new EventTimeBound(40));
  }

  @Test
  void withNothingLeftEventTimeStaysWhereTheLastBegan() {
    bothStart();
    OtapSplit late = split(50);
    OtapSplit early = split(10);
    frontier.add(List.of(early, late));
    frontier.listed(NONE, 0);
    frontier.held(0, List.of(late.splitId()), NONE);
    frontier.held(0, List.of(early.splitId()), NONE);
    assertThat(told(1)).endsWith(new EventTimeBound(50));
  }

  @Test
  void aReaderThatStartsAgainHoldsAllUntilItHasTold() {
    bothStart();
    OtapSplit split = split(10);
    frontier.add(List.of(split));
    frontier.listed(NONE, 0);
    frontier.held(0, List.of(split.splitId()), 10);
    frontier.reset(0);
    frontier.listed(90, 0);
    assertThat(told(1)).containsExactly(new EventTimeBound(10));
    frontier.held(0, List.of(), NONE);
    assertThat(told(1)).endsWith(new EventTimeBound(90));
    assertThat(told(0)).endsWith(new EventTimeBound(90));
  }

  @Test
  void readersAreIdleWhenThereWasNothingForLongAndWakeBeforeTheNextSplit() {
    bothStart();
    OtapSplit split = split(10);
    frontier.add(List.of(split));
    frontier.listed(NONE, 1_000);
    frontier.held(1, List.of(split.splitId()), NONE);
    frontier.listed(NONE, 2_000);
    frontier.listed(NONE, 2_099);
    assertThat(told(0)).doesNotHaveAnyElementsOfTypes(NoSplitsNow.class);
    frontier.listed(NONE, 2_100);
    frontier.listed(NONE, 2_200);
    assertThat(told(0)).containsExactly(new EventTimeBound(10), new NoSplitsNow());
    frontier.add(List.of(split(20)));
    assertThat(told(0))
        .isEqualTo(told(1))
        .containsExactly(new EventTimeBound(10), new NoSplitsNow(), new EventTimeBound(10));
  }

  static List<Long> seeds() {
    long first = Long.getLong("otap.seed", 1);
    return java.util.stream.LongStream.range(first, first + Integer.getInteger("otap.seeds", 200))
        .boxed()
        .toList();
  }

  /**
   * Readers, and the channels between them and a task that takes what comes in any order between
   * the channels: no record is late there, but of files that appear when event time has passed
   * them.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noRecordIsLateWhoseFileWasThereInTime(long seed) {
    Random random = new Random(seed);
    int count = 2 + random.nextInt(3);
    MockSplitEnumeratorContext<OtapSplit> context = readers(count);
    EventTimeFrontier frontier = new EventTimeFrontier(context, null);
    List<Reader> readers = new ArrayList<>();
    for (int subtask = 0; subtask < count; subtask++) {
      readers.add(new Reader());
      frontier.held(subtask, List.of(), NONE);
    }
    PriorityQueue<OtapSplit> waiting =
        new PriorityQueue<>(Comparator.comparing(OtapSplit::plan, SplitPlan.OLDEST_FIRST));
    int records = 0;
    for (int step = 0; step < 400; step++) {
      Reader reader = readers.get(random.nextInt(count));
      int subtask = readers.indexOf(reader);
      switch (random.nextInt(6)) {
        case 0 -> {
          if (step % 5 == 0) {
            long passed = told(context, 0).isEmpty() ? 0 : bound(last(told(context, 0)));
            List<OtapSplit> found = new ArrayList<>();
            for (int n = random.nextInt(5); n > 0; n--) {
              found.add(split(passed + random.nextInt(50), step + "-" + n));
            }
            frontier.add(found);
            waiting.addAll(found);
            frontier.listed(NONE, 0);
          }
        }
        case 1 -> {
          if (reader.split == null && !waiting.isEmpty()) {
            reader.hear(told(context, subtask));
            reader.split = waiting.poll();
            reader.tell();
          }
        }
        case 2 -> {
          if (reader.split != null) {
            reader.channel.add(-begin(reader.split));
            records++;
            OtapSplit done = reader.split;
            reader.split = null;
            frontier.held(subtask, List.of(done.splitId()), NONE);
          }
        }
        case 3 -> {
          if (reader.split != null) {
            frontier.held(subtask, List.of(reader.split.splitId()), begin(reader.split));
          }
        }
        case 4 -> {
          reader.hear(told(context, subtask));
          reader.tell();
        }
        default -> {
          if (!reader.channel.isEmpty()) {
            long taken = reader.channel.poll();
            if (taken >= 0) {
              reader.arrived = taken;
            } else {
              long watermark = readers.stream().mapToLong(r -> r.arrived).min().orElseThrow();
              assertThat(-taken).as("seed %d, step %d", seed, step).isGreaterThan(watermark);
            }
          }
        }
      }
    }
    assertThat(records).isPositive();
  }

  /** What a reader makes of splits and bounds; times in the channel are watermarks. */
  private static final class Reader {
    final Deque<Long> channel = new ArrayDeque<>();
    OtapSplit split;
    int heard;
    long bound = Long.MIN_VALUE;
    long emitted = Long.MIN_VALUE;
    long arrived = Long.MIN_VALUE;

    void hear(List<SourceEvent> events) {
      while (heard < events.size()) {
        bound = Math.max(bound, EventTimeFrontierTest.bound(events.get(heard++)));
      }
    }

    void tell() {
      long earliest = split == null ? bound : Math.min(bound, begin(split));
      if (earliest != Long.MIN_VALUE && earliest - 1 > emitted) {
        emitted = earliest - 1;
        channel.add(emitted);
      }
    }
  }

  private void bothStart() {
    frontier.held(0, List.of(), NONE);
    frontier.held(1, List.of(), NONE);
  }

  private List<SourceEvent> told(int subtask) {
    return told(context, subtask);
  }

  private static List<SourceEvent> told(
      MockSplitEnumeratorContext<OtapSplit> context, int subtask) {
    try {
      return context.getSentSourceEvent().getOrDefault(subtask, List.of());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static MockSplitEnumeratorContext<OtapSplit> readers(int count) {
    MockSplitEnumeratorContext<OtapSplit> context = new MockSplitEnumeratorContext<>(count);
    for (int subtask = 0; subtask < count; subtask++) {
      context.registerReader(new ReaderInfo(subtask, "host"));
    }
    return context;
  }

  private static SourceEvent last(List<SourceEvent> events) {
    return events.get(events.size() - 1);
  }

  private static long bound(SourceEvent event) {
    return ((EventTimeBound) event).earliest();
  }

  private static long begin(OtapSplit split) {
    return split.plan().earliest();
  }

  private static OtapSplit split(long begin) {
    return split(begin, "" + begin);
  }

  private static OtapSplit split(long begin, String name) {
    DataFile root =
        new DataFile(
            PayloadType.LOGS,
            "p",
            "/tree/logs/_part_id=p/part-" + name + ".parquet",
            100,
            1,
            new IdRange(0, 0),
            null,
            null,
            null,
            new IdRange(begin, begin));
    return new OtapSplit(
        new SplitPlan(
            Signal.LOGS, root, 0, 1, new IdRange(0, 0), List.of(), true, ReadOptions.DEFAULT));
  }
}

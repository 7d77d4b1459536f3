/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** Paces by a clock of the test: no test waits. */
class PaceTest {

  private static final long SECOND = 1_000_000_000;
  private static final long TENTH = SECOND / 10;
  private static final long T0 = 1_800_000_000L * SECOND;

  private final ManualClock clock = new ManualClock();
  private final long start = clock.nanos();
  private final List<Given> given = new ArrayList<>();

  private record Given(long at, OtapBatch batch) {}

  @Test
  void soManyRecordsInASecond() throws Exception {
    RecordRate rate = new RecordRate(1000, clock);
    Random sizes = new Random(7);
    long records = 0;
    while (records < 100_000) {
      int size = 1 + sizes.nextInt(500);
      pass(rate, batch(new long[size]));
      records += size;
    }
    long before = 0;
    for (Given each : given) {
      assertThat(seconds(each)).isCloseTo(before / 1000.0, within(1e-3));
      before += each.batch.rows();
    }
  }

  @Test
  void aPauseOfTheInputIsNotMadeUpFor() throws Exception {
    RecordRate rate = new RecordRate(100, clock);
    pass(rate, batch(new long[10]));
    clock.pass(1000 * SECOND);
    for (int i = 0; i < 100; i++) {
      pass(rate, batch(new long[10]));
    }
    double took = seconds(given.get(100)) - seconds(given.get(1));
    assertThat(took).isCloseTo(9.9, within(0.11));
  }

  @Test
  void timeSpentBehindThePaceCounts() throws Exception {
    RecordRate rate = new RecordRate(1000, clock);
    for (int i = 0; i < 1000; i++) {
      pass(rate, batch(new long[100]));
      clock.pass(50_000_000);
    }
    assertThat(seconds(given.get(999))).isCloseTo(99.9, within(0.2));
  }

  @Test
  void batchesAreSmallerThanTheRate() {
    assertThat(Pace.records(1).batchSize()).isEqualTo(1);
    assertThat(Pace.records(1000).batchSize()).isEqualTo(250);
    assertThat(Pace.records(10_000_000).batchSize()).isEqualTo(8192);
  }

  @Test
  void recordsGoWhenTheirTimeHasCome() throws Exception {
    for (double factor : new double[] {1, 10, 0.5}) {
      given.clear();
      long begin = clock.nanos();
      EventTimeSpeed speed = new EventTimeSpeed(factor, clock);
      Random random = new Random(11);
      long[] times =
          LongStream.generate(() -> T0 + random.nextLong(60 * SECOND))
              .limit(2000)
              .sorted()
              .toArray();
      for (int at = 0; at < times.length; at += 100) {
        long[] some = IntStream.range(at, at + 100).mapToLong(i -> times[i]).toArray();
        some[0] = some[99];
        some[99] = times[at];
        pass(speed, batch(some));
      }
      assertThat(given.stream().mapToInt(each -> each.batch.rows()).sum()).isEqualTo(2000);
      for (Given each : given) {
        for (long time : EventTime.nanos(each.batch)) {
          assertThat((double) (each.at - begin))
              .as("x%s", factor)
              .isBetween((time - times[0]) / factor - 1, (time - times[0]) / factor + TENTH);
        }
      }
      assertThat(given)
          .as("pieces of a tenth of a second")
          .hasSizeLessThan((int) (600 / factor) + 60);
    }
  }

  @Test
  void whatIsLateOrHasNoTimeGoesAtOnce() throws Exception {
    EventTimeSpeed speed = new EventTimeSpeed(1, clock);
    pass(speed, batch(0, 0));
    pass(speed, batch(T0 + 5 * SECOND));
    pass(speed, batch(T0, T0 + 5 * SECOND, 0));
    assertThat(given).hasSize(3).allMatch(each -> each.at == start);
    pass(speed, batch(T0 + 15 * SECOND));
    assertThat(seconds(given.get(3))).isEqualTo(10);
  }

  @Test
  void wholeBatchesAreNotTakenApart() throws Exception {
    OtapBatch batch = batch(T0, T0);
    pass(new EventTimeSpeed(1, clock), batch);
    assertThat(given.get(0).batch).isSameAs(batch);
  }

  @Test
  void aPaceTravelsToItsTask() throws Exception {
    for (Pace pace : List.of(Pace.records(1_000_000), Pace.eventTime(1000))) {
      Pace copy = InstantiationUtil.clone(pace);
      copy.flatMap(batch(T0), collector());
    }
    assertThat(given).hasSize(2);
  }

  private void pass(Pace pace, OtapBatch batch) throws Exception {
    pace.flatMap(batch, collector());
  }

  private Collector<OtapBatch> collector() {
    return new Collector<>() {
      @Override
      public void collect(OtapBatch batch) {
        given.add(new Given(clock.nanos(), batch));
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  private double seconds(Given each) {
    return (each.at - start) / (double) SECOND;
  }

  private static OtapBatch batch(long... times) throws Exception {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    for (long time : times) {
      logs.addLogRecords(LogRecord.newBuilder().setTimeUnixNano(time).setSeverityNumberValue(9));
    }
    return OtlpDecoder.decode(
            ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(logs))
                .build())
        .get(0);
  }
}

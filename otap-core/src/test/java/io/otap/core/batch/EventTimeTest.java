/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventTimeTest {

  @Test
  void aLogHappenedWhenItSaysOrElseWhenItWasObserved() {
    OtapTable logs = times(PayloadType.LOGS, "time_unix_nano", 0, 9_000_000, 7_500_000);
    assertThat(smallest(Signal.LOGS, logs)).hasValue(7);
    assertThat(
            smallest(
                Signal.LOGS,
                logs.with(
                    PayloadType.LOGS.column("observed_time_unix_nano"),
                    new LongVector(3, null, new long[] {3_000_000, 1, 1}))))
        .hasValue(3);
  }

  @Test
  void aSpanHappenedWhenItStarted() {
    OtapTable spans = times(PayloadType.SPANS, "start_time_unix_nano", 5_000_000, 4_000_000, 0);
    assertThat(smallest(Signal.TRACES, spans)).hasValue(4);
  }

  @Test
  void aMetricHappenedWithItsPoints() {
    OtapTable numbers =
        times(PayloadType.NUMBER_DATA_POINTS, "time_unix_nano", 8_000_000, 9_000_000, 0);
    OtapTable summaries =
        times(PayloadType.SUMMARY_DATA_POINTS, "time_unix_nano", 6_000_000, 9_000_000, 0);
    assertThat(smallest(Signal.METRICS, numbers, summaries)).hasValue(6);
  }

  @Test
  void withoutAnyTimeThereIsNone() {
    assertThat(smallest(Signal.LOGS)).isEmpty();
    assertThat(smallest(Signal.METRICS)).isEmpty();
    assertThat(smallest(Signal.TRACES, times(PayloadType.SPANS, "start_time_unix_nano", 0, 0)))
        .isEmpty();
  }

  @Test
  void timesAreUnsigned() {
    OtapTable spans = times(PayloadType.SPANS, "start_time_unix_nano", -1, 2_000_000);
    assertThat(smallest(Signal.TRACES, spans)).hasValue(2);
  }

  @Test
  void aMetricHappenedAtTheSmallestTimeOfItsPoints() throws IOException {
    OtapTable metrics =
        new OtapTable(
                PayloadType.UNIVARIATE_METRICS,
                3,
                new Vector[PayloadType.UNIVARIATE_METRICS.columns().size()])
            .with(
                PayloadType.UNIVARIATE_METRICS.id(),
                new IntVector(3, new long[] {0b101}, new int[] {0, 0, 1}));
    OtapTable points =
        times(PayloadType.NUMBER_DATA_POINTS, "time_unix_nano", 0, 9, 8, 5)
            .with(
                PayloadType.NUMBER_DATA_POINTS.parentId(),
                new IntVector(4, null, new int[] {0, 0, 1, 1}));
    OtapBatch batch =
        new OtapBatch(Signal.METRICS, List.of(metrics, points), Origin.NONE, null, null);
    assertThat(EventTime.nanos(batch)).containsExactly(9, 0, 5);
  }

  private static OptionalLong smallest(Signal signal, OtapTable... tables) {
    return EventTime.smallestMillis(
        new OtapBatch(signal, List.of(tables), Origin.NONE, null, null));
  }

  private static OtapTable times(PayloadType type, String column, long... nanos) {
    return new OtapTable(type, nanos.length, new Vector[type.columns().size()])
        .with(type.column(column), new LongVector(nanos.length, null, nanos));
  }
}

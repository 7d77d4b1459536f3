/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
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

  private static OptionalLong smallest(Signal signal, OtapTable... tables) {
    return EventTime.smallestMillis(
        new OtapBatch(signal, List.of(tables), Origin.NONE, null, null));
  }

  private static OtapTable times(PayloadType type, String column, long... nanos) {
    return new OtapTable(type, nanos.length, new Vector[type.columns().size()])
        .with(type.column(column), new LongVector(nanos.length, null, nanos));
  }
}

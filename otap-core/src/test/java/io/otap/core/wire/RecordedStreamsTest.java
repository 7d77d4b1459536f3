/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of both reference encoders decode to what was put into them. */
class RecordedStreamsTest {

  static List<RecordedStream> streams() {
    return RecordedStream.all();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void decodesToTheGroundTruth(RecordedStream stream) throws IOException {
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.WIRE);
    for (byte[] request : stream.expected()) {
      expected.add(stream.signal(), request);
    }
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.WIRE);
    for (OtapBatch batch : stream.batches()) {
      assertThat(batch.origin().orphans()).isEmpty();
      actual.add(batch);
    }
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    assertThat(actual.count(stream.signal())).isPositive();
  }
}

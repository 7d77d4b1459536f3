/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.GoldenRequestTest;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.otlp.RandomRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is encoded is decoded to the same; a failure names the seed. */
class OtapRoundTripTest {

  private static final long SEEDS = Long.getLong("otap.seeds", 200);

  static List<String> sets() {
    return TestData.sets();
  }

  /** Both ends of a stream for each signal. */
  static final class Streams {

    private final Map<Signal, OtapStreamEncoder> encoders = new EnumMap<>(Signal.class);
    private final Map<Signal, OtapStreamDecoder> decoders = new EnumMap<>(Signal.class);

    Streams(EncoderOptions options) {
      for (Signal signal : Signal.values()) {
        encoders.put(signal, new OtapStreamEncoder(signal, options));
        decoders.put(signal, new OtapStreamDecoder(signal));
      }
    }

    List<OtapBatch> pass(OtapBatch batch) throws IOException {
      List<OtapBatch> out = new ArrayList<>();
      for (BatchArrowRecords message : encoders.get(batch.signal()).encode(batch)) {
        out.addAll(decoders.get(batch.signal()).decode(message.toByteArray()));
      }
      return out;
    }
  }

  @ParameterizedTest
  @EnumSource(WireCompression.class)
  void randomRequestsComeBack(WireCompression compression) throws IOException {
    Set<PayloadType> seen = EnumSet.noneOf(PayloadType.class);
    Streams streams = new Streams(EncoderOptions.DEFAULT.withCompression(compression));
    for (long seed = 0; seed < SEEDS; seed++) {
      if (seed % 10 == 0) {
        streams =
            new Streams(
                EncoderOptions.DEFAULT
                    .withCompression(compression)
                    .withSteadyColumns(seed % 20 == 0));
      }
      RandomRequests random = new RandomRequests(seed);
      for (MessageLite request : List.of(random.logs(), random.traces(), random.metrics())) {
        OtlpRecords actual = new OtlpRecords(ComparisonProfile.WIRE);
        for (OtapBatch batch : GoldenRequestTest.decode(request)) {
          batch.tables().stream().map(OtapTable::type).forEach(seen::add);
          for (OtapBatch back : streams.pass(batch)) {
            actual.add(back);
          }
        }
        assertEqual(new OtlpRecords(ComparisonProfile.WIRE).add(request), actual, "seed " + seed);
      }
    }
    assertThat(seen).isEqualTo(EnumSet.allOf(PayloadType.class));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void recordedRequestsComeBack(String set) throws IOException {
    Streams streams = new Streams(EncoderOptions.DEFAULT);
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.WIRE);
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.WIRE);
    for (Signal signal : Signal.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected(set), signal)) {
        expected.add(request);
        for (OtapBatch batch : GoldenRequestTest.decode(request)) {
          for (OtapBatch back : streams.pass(batch)) {
            actual.add(back);
          }
        }
      }
    }
    assertEqual(expected, actual, set);
  }

  static void assertEqual(OtlpRecords expected, OtlpRecords actual, String what) {
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as("%s: %s", what, comparison.difference()).isTrue();
  }
}

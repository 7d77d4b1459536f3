/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.GoldenRequestTest;
import io.otap.core.otlp.RandomRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader on Arrow Java reads from our streams what was put in, and what our decoder reads. */
class SecondDecoderTest {

  private static final long SEEDS = Long.getLong("otap.seeds", 60);

  @ParameterizedTest
  @EnumSource(Signal.class)
  void agrees(Signal signal) throws IOException {
    for (WireCompression compression : WireCompression.values()) {
      EncoderOptions options =
          EncoderOptions.DEFAULT
              .withCompression(compression)
              .withSteadyColumns(compression == WireCompression.NONE);
      OtapStreamEncoder encoder = new OtapStreamEncoder(signal, options);
      OtapStreamDecoder decoder = new OtapStreamDecoder(signal);
      try (ArrowStreams second = new ArrowStreams()) {
        for (long seed = 0; seed < SEEDS; seed++) {
          for (OtapBatch batch : GoldenRequestTest.decode(request(signal, seed))) {
            List<String> read = new ArrayList<>();
            List<String> ours = new ArrayList<>();
            for (BatchArrowRecords message : encoder.encode(batch)) {
              read.addAll(RecordTexts.of(signal, second.read(message)));
              for (OtapBatch back : decoder.decode(message)) {
                ours.addAll(texts(back));
              }
            }
            Collections.sort(read);
            Collections.sort(ours);
            assertThat(read).as("%s, seed %d", compression, seed).isEqualTo(texts(batch));
            assertThat(ours).as("%s, seed %d", compression, seed).isEqualTo(read);
          }
        }
      }
    }
  }

  static MessageLite request(Signal signal, long seed) {
    RandomRequests random = new RandomRequests(seed);
    return switch (signal) {
      case LOGS -> random.logs();
      case TRACES -> random.traces();
      case METRICS -> random.metrics();
    };
  }

  static List<String> texts(OtapBatch batch) {
    Map<PayloadType, TableRows> tables = new EnumMap<>(PayloadType.class);
    for (OtapTable table : batch.tables()) {
      tables.put(table.type(), new BatchRows(table));
    }
    return RecordTexts.of(batch.signal(), tables);
  }
}

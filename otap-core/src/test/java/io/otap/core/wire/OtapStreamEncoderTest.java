/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import static io.otap.core.wire.WireCases.log;
import static io.otap.core.wire.WireCases.logs;
import static io.otap.core.wire.WireCases.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.experimental.arrow.v1.ArrowPayload;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.GoldenRequestTest;
import io.otap.core.otlp.OtlpDecoder;
import io.otap.core.otlp.OtlpRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.arrow.flatbuf.MessageHeader;
import org.junit.jupiter.api.Test;

/** Cases that are easily lost, and the form that receivers ask for. */
class OtapStreamEncoderTest {

  /** Passes a request through a stream, compares what comes out, and gives the messages. */
  private static List<BatchArrowRecords> pass(
      ExportLogsServiceRequest request, EncoderOptions options) throws IOException {
    OtapStreamEncoder encoder = new OtapStreamEncoder(Signal.LOGS, options);
    OtapStreamDecoder decoder = new OtapStreamDecoder(Signal.LOGS);
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.WIRE);
    List<BatchArrowRecords> messages = new ArrayList<>();
    for (OtapBatch batch : OtlpDecoder.decode(request)) {
      messages.addAll(encoder.encode(batch));
    }
    for (BatchArrowRecords message : messages) {
      for (OtapBatch batch : decoder.decode(message.toByteArray())) {
        actual.add(batch);
      }
    }
    OtapRoundTripTest.assertEqual(
        new OtlpRecords(ComparisonProfile.WIRE).add(request), actual, "request");
    return messages;
  }

  private static List<BatchArrowRecords> pass(LogRecord... logs) throws IOException {
    return pass(logs(List.of(logs)), EncoderOptions.DEFAULT);
  }

  @Test
  void runsOfOneValue() throws IOException {
    pass(WireCases.runs(), EncoderOptions.DEFAULT);
  }

  /** The two reference decoders differ in what equals what; both must see the same ids. */
  @Test
  void numbersThatEqualOnlyInOneWay() throws IOException {
    for (BatchArrowRecords message : pass(WireCases.doubles(), EncoderOptions.DEFAULT)) {
      assertUndisputed(message);
    }
  }

  /** Decoding by either rule gives the same parents. */
  private static void assertUndisputed(BatchArrowRecords message) throws IOException {
    for (ArrowPayload payload : message.getArrowPayloadsList()) {
      PayloadType type = PayloadType.ofNumber(payload.getTypeValue());
      if (type.isRoot()) {
        continue;
      }
      PayloadReader reader =
          new PayloadReader(type, "", DecoderLimits.DEFAULT, new DictionaryMemory(1 << 20));
      OtapTable table;
      try (Expander expander = new Expander(new Budget("", 1 << 20))) {
        table = reader.read(payload.getRecord().toByteArray(), expander);
      }
      RowChain bits = RowChain.of(table, RowChain.Rule.BITS);
      RowChain numbers = RowChain.of(table, RowChain.Rule.NUMBERS);
      int[] parents = table.intVector("parent_id").values();
      for (int row = 1; row < table.rows(); row++) {
        if (parents[row - 1] != 0) {
          assertThat(numbers.continues(row)).as("%s %d", type, row).isEqualTo(bits.continues(row));
        }
      }
    }
  }

  @Test
  void exemplarsOfAllKinds() throws IOException {
    ExportMetricsServiceRequest request = WireCases.exemplars();
    OtapStreamEncoder encoder =
        new OtapStreamEncoder(
            Signal.METRICS, EncoderOptions.DEFAULT.withOmitted(Set.of(PayloadType.METRIC_ATTRS)));
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.WIRE, "metric.metadata");
    OtapStreamDecoder decoder = new OtapStreamDecoder(Signal.METRICS);
    for (OtapBatch batch : OtlpDecoder.decode(request)) {
      for (BatchArrowRecords message : encoder.encode(batch)) {
        assertUndisputed(message);
        for (OtapBatch back : decoder.decode(message)) {
          actual.add(back);
        }
      }
    }
    OtapRoundTripTest.assertEqual(
        new OtlpRecords(ComparisonProfile.WIRE, "metric.metadata").add(request), actual, "metrics");
    assertThat(encoder.omittedRows()).isEqualTo(1);
  }

  @Test
  void repeatedKeysAndEqualNeighbours() throws IOException {
    pass(
        log(1, "k", "v", "k", "v", "k", 1L, "", "", "", null),
        log(2, "k", "v"),
        log(3),
        log(4, "k", "v", "k", "v"),
        log(5, "", null, "", null));
  }

  @Test
  void recordsOfAResourceAreBroughtTogether() throws IOException {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    for (int i = 0; i < 40; i++) {
      String name = "service " + i % 3;
      request.addResourceLogs(resource(name, List.of(log(i + 1, "n", (long) i, "k", name))));
    }
    pass(request.build(), EncoderOptions.DEFAULT);
  }

  /** The engine's Parquet exporter ends over structs that change. */
  @Test
  void structsStayAsTheyAreIfAReceiverAsksForIt() throws IOException {
    ExportLogsServiceRequest plain = logs(List.of(log(1, "a", "b")));
    ExportLogsServiceRequest.Builder rich = plain.toBuilder();
    rich.getResourceLogsBuilder(0).setSchemaUrl("https://example.com/1");
    rich.getResourceLogsBuilder(0).getScopeLogsBuilder(0).getScopeBuilder().setVersion("2");
    for (boolean steady : List.of(true, false)) {
      OtapStreamEncoder encoder =
          new OtapStreamEncoder(Signal.LOGS, EncoderOptions.DEFAULT.withSteadyColumns(steady));
      List<String> schemas = new ArrayList<>();
      for (ExportLogsServiceRequest request : List.of(plain, rich.build())) {
        for (OtapBatch batch : OtlpDecoder.decode(request)) {
          for (BatchArrowRecords message : encoder.encode(batch)) {
            schemas.add(message.getArrowPayloads(0).getSchemaId());
          }
        }
      }
      assertThat(schemas).hasSize(2);
      assertThat(schemas.get(0).equals(schemas.get(1))).isEqualTo(steady);
    }
    pass(rich.build(), EncoderOptions.DEFAULT.withSteadyColumns(true));
  }

  @Test
  void aFullBatch() throws IOException {
    List<LogRecord> logs = new ArrayList<>();
    for (int i = 0; i < OtapBatch.MAX_ROWS; i++) {
      logs.add(log(i + 1, "n", (long) i, "s", "value " + i % 70_000, "k", "v"));
    }
    List<BatchArrowRecords> messages =
        pass(logs(logs), EncoderOptions.DEFAULT.withMaxMessageBytes(64 << 20));
    assertThat(messages).hasSize(1);
  }

  @Test
  void dictionariesGrowAndGiveWay() throws IOException {
    OtapStreamEncoder encoder = new OtapStreamEncoder(Signal.LOGS, EncoderOptions.DEFAULT);
    OtapStreamDecoder decoder = new OtapStreamDecoder(Signal.LOGS);
    Set<String> schemas = new HashSet<>();
    for (int message = 0; message < 40; message++) {
      List<LogRecord> logs = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 4_000; i++) {
        names.add("event " + (message * 1_800 + i % (message == 0 ? 1_800 : 3_600)));
        logs.add(LogRecord.newBuilder().setEventName(names.get(i)).build());
      }
      List<String> read = new ArrayList<>();
      for (BatchArrowRecords records : encoder.encode(OtlpDecoder.decode(logs(logs)).get(0))) {
        records.getArrowPayloadsList().forEach(p -> schemas.add(p.getSchemaId()));
        OtapTable root = decoder.decode(records).get(0).root();
        for (int row = 0; row < root.rows(); row++) {
          read.add(root.binaryVector("event_name").string(row));
        }
      }
      assertThat(read).as("message %d", message).isEqualTo(names);
    }
    // Two tables begin one each; keys of 8 bits do not last the first message, those of 16 do
    // for a while.
    assertThat(schemas).hasSize(3);
  }

  @Test
  void messagesStayBelowTheLimit() throws IOException {
    Random random = new Random(1);
    List<LogRecord> logs = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      byte[] noise = new byte[200];
      random.nextBytes(noise);
      logs.add(i % 7 == 0 ? log(i + 1) : log(i + 1, "noise", noise, "k", "v"));
    }
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(resource("a", logs.subList(0, 1_000)))
            .addResourceLogs(resource("b", logs.subList(1_000, 3_000)))
            .build();
    int limit = 100_000;
    List<BatchArrowRecords> messages =
        pass(request, EncoderOptions.DEFAULT.withMaxMessageBytes(limit));
    assertThat(messages).hasSizeBetween(7, 20);
    assertThat(messages).allMatch(m -> m.getSerializedSize() <= limit);
    assertThat(messages)
        .extracting(BatchArrowRecords::getBatchId)
        .containsExactlyElementsOf(LongStream.range(0, messages.size()).boxed().toList());
  }

  @Test
  void aRecordThatIsTooLargeIsRefused() {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    assertThatThrownBy(
            () ->
                pass(
                    logs(List.of(log(1), log(2, "noise", noise))),
                    EncoderOptions.DEFAULT.withMaxMessageBytes(10_000)))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.WIRE))
        .hasMessageContaining("a message may have 10000");
  }

  @Test
  void aWholeBatchIsOneMessageOrNone() throws IOException {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    OtapBatch small = OtlpDecoder.decode(logs(List.of(log(1, "k", "v"), log(2)))).get(0);
    OtapBatch large = OtlpDecoder.decode(logs(List.of(log(3, "noise", noise), log(4)))).get(0);
    OtapStreamEncoder encoder =
        new OtapStreamEncoder(Signal.LOGS, EncoderOptions.DEFAULT.withMaxMessageBytes(10_000));
    OtapStreamDecoder decoder = new OtapStreamDecoder(Signal.LOGS);
    for (long id = 0; id < 3; id++) {
      BatchArrowRecords message = encoder.encodeWhole(small).orElseThrow();
      assertThat(message.getBatchId()).isEqualTo(id);
      assertThat(encoder.encodeWhole(large)).isEmpty();
      assertThat(decoder.decode(message)).singleElement().extracting(OtapBatch::rows).isEqualTo(2);
      assertThat(encoder.expectedMessages(small)).isEqualTo(1);
    }
  }

  @Test
  void nothingForABatchWithoutRecords() throws IOException {
    OtapBatch empty = new OtapBatch(Signal.LOGS, List.of(), Origin.NONE, null, null);
    assertThat(new OtapStreamEncoder(Signal.LOGS, EncoderOptions.DEFAULT).encode(empty)).isEmpty();
  }

  /** OTAP-FORMAT 4: what both consumers ask of the messages of a stream. */
  @Test
  void messagesHaveTheFormOfTheProtocol() throws IOException {
    for (Signal signal : Signal.values()) {
      OtapStreamEncoder encoder = new OtapStreamEncoder(signal, EncoderOptions.DEFAULT);
      Map<String, PayloadType> owners = new HashMap<>();
      Map<PayloadType, String> current = new HashMap<>();
      long batchId = 0;
      for (long seed = 0; seed < 20; seed++) {
        for (OtapBatch batch : GoldenRequestTest.decode(SecondDecoderTest.request(signal, seed))) {
          for (BatchArrowRecords message : encoder.encode(batch)) {
            assertThat(message.getBatchId()).isEqualTo(batchId++);
            assertThat(message.getArrowPayloads(0).getTypeValue())
                .isEqualTo(signal.root().number());
            for (ArrowPayload payload : message.getArrowPayloadsList()) {
              PayloadType type = PayloadType.ofNumber(payload.getTypeValue());
              boolean begins = !payload.getSchemaId().equals(current.get(type));
              current.put(type, payload.getSchemaId());
              PayloadType owner = owners.put(payload.getSchemaId(), type);
              assertThat(owner).isEqualTo(begins ? null : type);
              assertArrow(payload.getRecord().toByteArray(), begins);
            }
          }
        }
      }
    }
  }

  /** A schema only at the beginning, dictionaries, one record batch, no marker for the end. */
  private static void assertArrow(byte[] bytes, boolean begins) throws IOException {
    ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> kinds = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      IpcMessage message = IpcMessage.at(record, at);
      assertThat(message).as("a marker for the end at %d", at).isNotNull();
      assertThat(message.bodyStart() % 8).isZero();
      kinds.add((int) message.metadata().headerType());
      at = message.end();
    }
    assertThat(kinds.indexOf((int) MessageHeader.Schema)).isEqualTo(begins ? 0 : -1);
    assertThat(kinds.lastIndexOf((int) MessageHeader.Schema)).isEqualTo(begins ? 0 : -1);
    assertThat(kinds.indexOf((int) MessageHeader.RecordBatch)).isEqualTo(kinds.size() - 1);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.experimental.arrow.v1.ArrowPayload;
import io.opentelemetry.proto.experimental.arrow.v1.BatchArrowRecords;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused and why, and what a batch tells of what was left out. */
class OtapStreamDecoderTest {

  private static BatchArrowRecords message(int logs) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < logs; i++) {
      records.add(WireCases.log(i + 1, "k", "value " + i % 300));
    }
    OtapBatch batch = OtlpDecoder.decode(WireCases.logs(records)).get(0);
    return new OtapStreamEncoder(Signal.LOGS, EncoderOptions.DEFAULT).encode(batch).get(0);
  }

  private static void refuses(DecoderLimits limits, BatchArrowRecords message, String... parts) {
    OtapStreamDecoder decoder = new OtapStreamDecoder(Signal.LOGS, limits);
    assertThatThrownBy(() -> decoder.decode(message))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.WIRE))
        .hasMessageContainingAll(parts);
    assertThatThrownBy(() -> decoder.decode(message(1)))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("broke at an earlier message");
  }

  private static DecoderLimits limits(long message, long expanded, int rows, long dictionaries) {
    return new DecoderLimits(message, expanded, rows, dictionaries);
  }

  @Test
  void limitsAreNamed() throws IOException {
    BatchArrowRecords message = message(1_000);
    int large = 1 << 30;
    refuses(limits(1_000, large, large, large), message, "1000 are allowed", "messageBytes");
    refuses(limits(large, 1_000, large, large), message, "1000 bytes", "expandedBytes");
    refuses(limits(large, large, 999, large), message, "table of 1000 rows", "rows", "table logs");
    refuses(
        limits(large, large, large, 1_000), message, "1000 bytes", "dictionaryBytes", "log_attrs");
  }

  @Test
  void payloadsOfTheWrongKindAreRefused() throws IOException {
    BatchArrowRecords message = message(3);
    ArrowPayload first = message.getArrowPayloads(0);
    refuses(
        DecoderLimits.DEFAULT,
        message.toBuilder()
            .setArrowPayloads(0, first.toBuilder().setTypeValue(PayloadType.SPANS.number()))
            .build(),
        "type number 40",
        "none of logs");
    refuses(
        DecoderLimits.DEFAULT,
        message.toBuilder().addArrowPayloads(first.toBuilder().setSchemaId("other")).build(),
        "twice",
        "table logs");
    refuses(
        DecoderLimits.DEFAULT,
        BatchArrowRecords.newBuilder().addArrowPayloads(first).addArrowPayloads(first).build(),
        "second schema",
        "table logs");
    refuses(
        DecoderLimits.DEFAULT,
        message.toBuilder()
            .setArrowPayloads(0, first.toBuilder().setTypeValue(PayloadType.LOG_ATTRS.number()))
            .build(),
        "no such column",
        "table log_attrs");
  }

  @Test
  void bytesThatAreNoMessageAreRefused() {
    assertThatThrownBy(() -> new OtapStreamDecoder(Signal.LOGS).decode(new byte[] {1, 2, 3}))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("no BatchArrowRecords");
  }

  @Test
  void rowsWithoutAParentAreCounted() throws IOException {
    BatchArrowRecords message = message(5);
    BatchArrowRecords.Builder rootless = BatchArrowRecords.newBuilder();
    message.getArrowPayloadsList().stream()
        .filter(p -> p.getTypeValue() != PayloadType.LOGS.number())
        .forEach(rootless::addArrowPayloads);
    List<OtapBatch> batches = new OtapStreamDecoder(Signal.LOGS).decode(rootless.build());
    assertThat(batches).hasSize(1);
    assertThat(batches.get(0).rows()).isZero();
    assertThat(batches.get(0).origin().orphans()).isEqualTo(Map.of(PayloadType.LOG_ATTRS, 5L));
  }

  @Test
  void plainIdsStayAsTheyAre() throws IOException {
    int[] ids = {0, 3, 4, 9};
    for (IdEncoding encoding : IdEncoding.values()) {
      Column id = PayloadType.LOGS.id();
      WireSchema schema =
          new WireSchema(PayloadType.LOGS, List.of(new Field.Leaf(id, 0, 0, encoding)), Map.of());
      OtapTable table =
          new OtapTable(PayloadType.LOGS, 4, new Vector[PayloadType.LOGS.columns().size()])
              .with(id, new IntVector(4, null, ids));
      assertThat(((IntVector) TransportIds.decode(table, schema).vector(id)).values())
          .containsExactly(encoding == IdEncoding.PLAIN ? ids : new int[] {0, 3, 7, 16});
    }
  }

  @Test
  void idsOfAnySizeAreIssuedAnew() throws IOException {
    IntVector ids = new IntVector(4, null, new int[] {7, -1, 0x7000_0000, 0x8000_0000});
    IdIndex index = IdIndex.of(PayloadType.SPAN_EVENTS, ids);
    assertThat(index.isIdentity()).isFalse();
    for (int row = 0; row < 4; row++) {
      assertThat(index.get(ids.get(row))).isEqualTo(row);
    }
    assertThat(index.get(8)).isNegative();
    assertThat(index.get(-2)).isNegative();
    assertThatThrownBy(
            () ->
                IdIndex.of(PayloadType.SPAN_EVENTS, new IntVector(3, null, new int[] {-1, 5, -1})))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("two rows have the id 4294967295");
  }
}

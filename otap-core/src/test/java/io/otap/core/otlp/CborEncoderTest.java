/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.batch.Origin;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CBOR as engines write it, and as nobody should. */
class CborEncoderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9fff | []",
        "80 | []",
        "bfff | {}",
        "a0 | {}",
        // ints of every length, definite and indefinite
        "9f0017181818ff19010020386339ffffff | [i0,i23,i24,i255,i256,i-1,i-100,i-65536]",
        "831a00010000 1b7fffffffffffffff 3b7fffffffffffffff"
            + "| [i65536,i9223372036854775807,i-9223372036854775808]",
        // half, single and double
        "9ff93c00f98000f97e00f97c00f9fc00f90001ff"
            + "| [d3ff0000000000000,d8000000000000000,dnan,d7ff0000000000000,dfff0000000000000,"
            + "d3e70000000000000]",
        "82fa3fc00000fb3ff8000000000000 | [d3ff8000000000000,d3ff8000000000000]",
        // simple values, bytes, text
        "9ff4f5f6420102406000ff | [b0,b1,e,x0102,x,s\"\",i0]",
        "8163e697a5 | [s\"\\u65e5\"]",
        // strings in pieces
        "9f7f61616162ff5f410141ffffff | [s\"ab\",x01ff]",
        "bf7f616b6131ff01ff | {\"k1\":i1}",
        // nested, repeated keys, both forms
        "bf677061796c6f6164bfff616b80616b9f8101ffff" + "| {\"k\":[[i1]],\"k\":[],\"payload\":{}}",
        "a2616102616281f6 | {\"a\":i2,\"b\":[e]}"
      })
  void valuesAreThoseOfTheCbor(String cbor, String expected) throws IOException {
    assertThat(CanonicalText.anyValue(encode(bytes(cbor)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "9f", // no end
        "8201", // an element too few
        "bf616bff", // a key without a value
        "a1616b", // the same
        "8161", // text cut off
        "817bffffffffffffffff", // text longer than memory
        "8118", // int cut off
        "81fb0000", // double cut off
        "9fff00", // more behind
        "81c000", // tag
        "81c24101", // bignum
        "81f7", // undefined
        "81f0", // unassigned simple value
        "81f800", // simple value in two bytes
        "811c", // reserved length
        "811f", // indefinite int
        "ff", // a break alone
        "82ff", // a break in a definite array
        "bf0101ff", // a key that is an int
        "bff601ff", // a key that is null
        "811bffffffffffffffff", // beyond 64 bits
        "813b8000000000000000", // beyond 64 bits
        "8161ff", // no UTF-8
        "a161c001", // no UTF-8 in a key
        "9f7f4161ffff", // pieces of another kind
        "01", // neither map nor array
        "6161"
      })
  void otherBytesAreCorrupt(String cbor) {
    assertCorrupt(bytes(cbor));
  }

  @Test
  void sixtyFourLevelsAreAccepted() throws IOException {
    assertThat(CanonicalText.anyValue(encode(nested(64))))
        .isEqualTo("[".repeat(64) + "]".repeat(64));
    byte[] maps = bytes("bf616b".repeat(63) + "bf" + "ff".repeat(64));
    assertThat(CanonicalText.anyValue(encode(maps)))
        .isEqualTo("{\"k\":".repeat(63) + "{}" + "}".repeat(63));
  }

  @Test
  void sixtyFiveLevelsAreNot() {
    assertCorrupt(nested(65));
    assertCorrupt(nested(1_000));
    assertCorrupt(nested(100_000));
  }

  @Test
  void aTypeThatTheBytesContradictIsCorrupt() {
    assertThatThrownBy(() -> encode(bytes("9f01ff"), AttributeType.MAP))
        .hasMessageContaining("an array, but its type is a map")
        .hasMessageContaining("column ser");
    assertThatThrownBy(() -> encode(bytes("a0"), AttributeType.SLICE))
        .hasMessageContaining("a map, but its type is an array");
  }

  private static byte[] nested(int depth) {
    return bytes("9f".repeat(depth) + "ff".repeat(depth));
  }

  private static void assertCorrupt(byte[] cbor) {
    assertThatThrownBy(() -> encode(cbor))
        .asInstanceOf(type(OtapException.class))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT);
              assertThat(e.place()).isEqualTo(Place.row("log_attrs", null, "ser", 1));
              assertThat(e).hasMessageContaining("CBOR value");
            });
  }

  /** Encodes a log with two attributes; the second has this value. */
  private static AnyValue encode(byte[] cbor) throws IOException {
    boolean map = cbor.length > 0 && (cbor[0] & 0xe0) == 0xa0;
    return encode(cbor, map ? AttributeType.MAP : AttributeType.SLICE);
  }

  private static AnyValue encode(byte[] cbor, AttributeType type) throws IOException {
    TableBuilder logs = new TableBuilder(PayloadType.LOGS);
    logs.ints("id").set(logs.addRow(), 0);
    TableBuilder attributes = new TableBuilder(PayloadType.LOG_ATTRS);
    for (int i = 0; i < 2; i++) {
      int row = attributes.addRow();
      attributes.ints("parent_id").set(row, 0);
      attributes.binaries("key").set(row, "k".getBytes(UTF_8));
      attributes.bytes("type").set(row, (byte) (i == 0 ? AttributeType.SLICE : type).code());
      attributes.binaries("ser").set(row, i == 0 ? bytes("9fff") : cbor);
    }
    OtapBatch batch =
        new OtapBatch(
            Signal.LOGS, List.of(logs.build(), attributes.build()), Origin.NONE, null, null);
    KeyValue attribute =
        OtlpRequests.logs(batch)
            .getResourceLogs(0)
            .getScopeLogs(0)
            .getLogRecords(0)
            .getAttributes(1);
    return attribute.getValue();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}

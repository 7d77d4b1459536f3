/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import org.apache.flink.types.variant.BinaryVariantInternalBuilder;
import org.apache.flink.types.variant.Variant;
import org.junit.jupiter.api.Test;

/** Values as text, as JSON and as variants. */
class ValueTest {

  private static final AnyValue TEXT =
      AnyValue.newBuilder().setStringValue("a\"\\\n\u0001é").build();
  private static final AnyValue INT = AnyValue.newBuilder().setIntValue(Long.MIN_VALUE).build();
  private static final AnyValue DOUBLE = AnyValue.newBuilder().setDoubleValue(0.5).build();
  private static final AnyValue NAN = AnyValue.newBuilder().setDoubleValue(Double.NaN).build();
  private static final AnyValue BOOL = AnyValue.newBuilder().setBoolValue(false).build();
  private static final AnyValue BYTES =
      AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {0, -1})).build();
  private static final AnyValue NONE = AnyValue.getDefaultInstance();
  private static final AnyValue LIST =
      AnyValue.newBuilder()
          .setArrayValue(
              ArrayValue.newBuilder()
                  .addValues(TEXT)
                  .addValues(NONE)
                  .addValues(NAN)
                  .addValues(BYTES))
          .build();
  private static final AnyValue MAP =
      AnyValue.newBuilder()
          .setKvlistValue(
              KeyValueList.newBuilder()
                  .addValues(KeyValue.newBuilder().setKey("b").setValue(LIST))
                  .addValues(KeyValue.newBuilder().setKey("b").setValue(INT))
                  .addValues(KeyValue.newBuilder().setKey("a").setValue(DOUBLE)))
          .build();

  @Test
  void textIsWhatPeopleExpect() {
    assertThat(ValueText.of(TEXT)).isEqualTo("a\"\\\n\u0001é");
    assertThat(ValueText.of(INT)).isEqualTo("-9223372036854775808");
    assertThat(ValueText.of(DOUBLE)).isEqualTo("0.5");
    assertThat(ValueText.of(NAN)).isEqualTo("NaN");
    assertThat(ValueText.of(BOOL)).isEqualTo("false");
    assertThat(ValueText.of(BYTES)).isEqualTo("AP8=");
    assertThat(ValueText.of(NONE)).isNull();
    assertThat(ValueText.of(LIST)).isEqualTo("[\"a\\\"\\\\\\n\\u0001é\",null,\"NaN\",\"AP8=\"]");
    assertThat(
            ValueText.of(
                AnyValue.newBuilder().setArrayValue(ArrayValue.getDefaultInstance()).build()))
        .isEqualTo("[]");
  }

  @Test
  void jsonIsJson() throws Exception {
    String json = ValueText.json(MAP);
    assertThat(json)
        .isEqualTo(
            "{\"b\":[\"a\\\"\\\\\\n\\u0001é\",null,\"NaN\",\"AP8=\"],"
                + "\"b\":-9223372036854775808,\"a\":0.5}");
    assertThat(BinaryVariantInternalBuilder.parseJson(json, true).isObject()).isTrue();
    assertThat(ValueText.json(NONE)).isEqualTo("null");
    assertThat(ValueText.json(TEXT)).isEqualTo(ValueText.quoted(TEXT.getStringValue()));
  }

  @Test
  void variantsKeepTypes() {
    for (AnyValue value : new AnyValue[] {TEXT, INT, DOUBLE, NAN, BOOL, BYTES, LIST, NONE}) {
      assertThat(ValueVariant.value(ValueVariant.of(value))).isEqualTo(value);
    }
    assertThat(ValueVariant.of(NONE)).isNull();
    Variant map = ValueVariant.of(MAP);
    assertThat(map.getFieldNames()).containsExactlyInAnyOrder("a", "b");
    assertThat(map.getField("b").isArray()).as("the first of the repeated").isTrue();
  }

  @Test
  void numbersOfParsedJsonBecomeIntsOrDoubles() throws Exception {
    assertThat(parsed("7").getIntValue()).isEqualTo(7);
    assertThat(parsed("-9223372036854775808").getIntValue()).isEqualTo(Long.MIN_VALUE);
    assertThat(parsed("1.25").getDoubleValue()).isEqualTo(1.25);
    assertThat(parsed("1e300").getDoubleValue()).isEqualTo(1e300);
    assertThat(parsed("null").getValueCase()).isEqualTo(AnyValue.ValueCase.VALUE_NOT_SET);
  }

  private static AnyValue parsed(String json) throws Exception {
    return ValueVariant.value(BinaryVariantInternalBuilder.parseJson(json, false));
  }

  @Test
  void bytesThatAreNoValueAreRefused() throws OtapException {
    assertThat(AnyValues.parse(null)).isEqualTo(NONE);
    assertThat(AnyValues.parse(MAP.toByteArray())).isEqualTo(MAP);
    assertThatThrownBy(() -> AnyValues.parse(new byte[] {1, 2, 3}))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("3 bytes")
        .hasMessageContaining("declare another form")
        .extracting(e -> ((OtapException) e).kind())
        .isEqualTo(OtapErrorKind.WIRE);
  }
}

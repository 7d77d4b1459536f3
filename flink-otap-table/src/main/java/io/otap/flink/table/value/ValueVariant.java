/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.value;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.types.variant.Variant;
import org.apache.flink.types.variant.VariantBuilder;

/** Values as SQL's VARIANT, and back. */
@Internal
public final class ValueVariant {

  private ValueVariant() {}

  /**
   * A variant of the value's own type; of repeated keys of a map the first.
   *
   * @return null for an empty value
   */
  public static Variant of(AnyValue value) {
    return value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET
        ? null
        : build(Variant.newBuilder(), value);
  }

  private static Variant build(VariantBuilder builder, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE:
        return builder.of(value.getStringValue());
      case BOOL_VALUE:
        return builder.of(value.getBoolValue());
      case INT_VALUE:
        return builder.of(value.getIntValue());
      case DOUBLE_VALUE:
        return builder.of(value.getDoubleValue());
      case BYTES_VALUE:
        return builder.of(value.getBytesValue().toByteArray());
      case ARRAY_VALUE:
        VariantBuilder.VariantArrayBuilder array = builder.array();
        value.getArrayValue().getValuesList().forEach(e -> array.add(build(builder, e)));
        return array.build();
      case KVLIST_VALUE:
        VariantBuilder.VariantObjectBuilder object = builder.object();
        Set<String> keys = new HashSet<>();
        for (KeyValue entry : value.getKvlistValue().getValuesList()) {
          if (keys.add(entry.getKey())) {
            object.add(entry.getKey(), build(builder, entry.getValue()));
          }
        }
        return object.build();
      default:
        return builder.ofNull();
    }
  }

  /**
   * The value of a variant. Numbers without a fraction that fit 64 bits become ints, others
   * doubles; dates and times become strings.
   *
   * @param variant null for an empty value
   */
  public static AnyValue value(Variant variant) {
    if (variant == null || variant.isNull()) {
      return AnyValue.getDefaultInstance();
    }
    AnyValue.Builder value = AnyValue.newBuilder();
    if (variant.isArray()) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      for (int i = 0; i < variant.getArraySize(); i++) {
        array.addValues(value(variant.getElement(i)));
      }
      return value.setArrayValue(array).build();
    }
    if (variant.isObject()) {
      KeyValueList.Builder map = KeyValueList.newBuilder();
      for (String name : variant.getFieldNames()) {
        map.addValues(KeyValue.newBuilder().setKey(name).setValue(value(variant.getField(name))));
      }
      return value.setKvlistValue(map).build();
    }
    Object plain = variant.get();
    if (plain instanceof Boolean bool) {
      value.setBoolValue(bool);
    } else if (plain instanceof Float || plain instanceof Double) {
      value.setDoubleValue(((Number) plain).doubleValue());
    } else if (plain instanceof BigDecimal decimal) {
      setDecimal(value, decimal);
    } else if (plain instanceof Number number) {
      value.setIntValue(number.longValue());
    } else if (plain instanceof byte[] bytes) {
      value.setBytesValue(ByteString.copyFrom(bytes));
    } else {
      value.setStringValue(plain.toString());
    }
    return value.build();
  }

  private static void setDecimal(AnyValue.Builder value, BigDecimal decimal) {
    try {
      value.setIntValue(decimal.longValueExact());
    } catch (ArithmeticException fractionOrLarge) {
      value.setDoubleValue(decimal.doubleValue());
    }
  }
}

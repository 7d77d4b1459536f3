/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.value.ValueText;
import io.otap.flink.table.value.ValueVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.variant.Variant;

/**
 * An attribute that has a column of its own beside the attributes.
 *
 * @param column its name, for errors
 * @param getter of the column
 */
record ColumnAttribute(String column, String key, AttributeForm form, RowData.FieldGetter getter) {

  /**
   * The attributes, and this one if it is not among them. One that says the same as text, but lost
   * its type, has that of the column again.
   *
   * @throws OtapException of kind SCHEMA if they say something else than the column
   */
  List<KeyValue> in(List<KeyValue> attributes, RowData row) throws OtapException {
    Object field = getter.getFieldOrNull(row);
    if (field == null) {
      return attributes;
    }
    AnyValue value = value(field);
    List<KeyValue> changed = new ArrayList<>(attributes);
    KeyValue attribute = KeyValue.newBuilder().setKey(key).setValue(value).build();
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).getKey().equals(key)) {
        AnyValue other = attributes.get(i).getValue();
        if (Objects.equals(shown(other), shown(value))) {
          return attributes;
        }
        requireSame(value, other);
        changed.set(i, attribute);
        return changed;
      }
    }
    changed.add(attribute);
    return changed;
  }

  private void requireSame(AnyValue value, AnyValue other) throws OtapException {
    String text = ValueText.of(value);
    String otherText = ValueText.of(other);
    if (!Objects.equals(text, otherText)) {
      String fits = otherText == null ? "NULL" : "'" + otherText + "' or NULL";
      throw Misfits.of(column, text, fits + ", as the row's attributes have " + key);
    }
  }

  private AnyValue value(Object field) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (form) {
      case TEXT -> value.setStringValue(field.toString()).build();
      case INT -> value.setIntValue((Long) field).build();
      case DOUBLE -> value.setDoubleValue((Double) field).build();
      case BOOL -> value.setBoolValue((Boolean) field).build();
      case BYTES -> value.setBytesValue(ByteString.copyFrom((byte[]) field)).build();
      case VARIANT -> ValueVariant.value((Variant) field);
    };
  }

  /** What the column has of an attribute when it is read; equal if it shows the same. */
  private Object shown(AnyValue value) {
    return switch (form) {
      case TEXT -> ValueText.of(value);
      case INT -> value.hasIntValue() ? value.getIntValue() : null;
      case DOUBLE ->
          value.hasIntValue()
              ? Double.valueOf(value.getIntValue())
              : value.hasDoubleValue() ? Double.valueOf(value.getDoubleValue()) : null;
      case BOOL -> value.hasBoolValue() ? value.getBoolValue() : null;
      case BYTES -> value.hasBytesValue() ? value.getBytesValue() : null;
      // Objects with the same fields differ by their order until they were variants.
      case VARIANT -> ValueVariant.value(ValueVariant.of(value));
    };
  }
}

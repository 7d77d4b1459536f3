/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.value.AnyValues;
import io.otap.flink.table.value.ValueVariant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.variant.Variant;

/** Attributes and single values of rows as OTLP has them. */
final class AttributeValues {

  private final String column;
  private final ValueForm form;

  /**
   * @param column where they are, for errors
   */
  AttributeValues(String column, ValueForm form) {
    this.column = column;
    this.form = form;
  }

  /**
   * @param attributes null for none
   */
  List<KeyValue> list(Object attributes) throws OtapException {
    if (attributes == null) {
      return List.of();
    }
    return form == ValueForm.EXACT ? pairs((ArrayData) attributes) : map((MapData) attributes);
  }

  /**
   * @param value null for an empty value
   */
  AnyValue value(Object value) throws OtapException {
    if (value == null) {
      return AnyValue.getDefaultInstance();
    }
    return switch (form) {
      case TEXT -> AnyValue.newBuilder().setStringValue(value.toString()).build();
      case VARIANT -> ValueVariant.value((Variant) value);
      case EXACT -> AnyValues.parse((byte[]) value);
    };
  }

  private List<KeyValue> pairs(ArrayData pairs) throws OtapException {
    List<KeyValue> list = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      RowData pair = pairs.isNullAt(i) ? null : pairs.getRow(i, 2);
      StringData key = pair == null || pair.isNullAt(0) ? null : pair.getString(0);
      byte[] value = pair == null || pair.isNullAt(1) ? null : pair.getBinary(1);
      list.add(attribute(key, value));
    }
    return list;
  }

  private List<KeyValue> map(MapData map) throws OtapException {
    ArrayData keys = map.keyArray();
    ArrayData values = map.valueArray();
    List<KeyValue> list = new ArrayList<>(map.size());
    for (int i = 0; i < map.size(); i++) {
      StringData key = keys.isNullAt(i) ? null : keys.getString(i);
      if (values.isNullAt(i)) {
        list.add(attribute(key, null));
      } else {
        list.add(
            attribute(key, form == ValueForm.TEXT ? values.getString(i) : values.getVariant(i)));
      }
    }
    return list;
  }

  private KeyValue attribute(StringData key, Object value) throws OtapException {
    if (key == null) {
      throw Misfits.of(column, "NULL", "attributes with keys");
    }
    return KeyValue.newBuilder().setKey(key.toString()).setValue(value(value)).build();
  }
}

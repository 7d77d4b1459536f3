/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.TableColumn;
import io.otap.flink.table.value.ValueText;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute that has a column of its own beside the attributes.
 *
 * @param column its name, for errors
 */
record ColumnAttribute(String column, String key) {

  static ColumnAttribute of(TableColumn column) {
    return new ColumnAttribute(column.name(), ((Content.SharedAttribute) column.content()).key());
  }

  /**
   * The attributes, and this one if it is not among them.
   *
   * @throws OtapException of kind SCHEMA if they say something else than the column
   */
  List<KeyValue> in(List<KeyValue> attributes, String text) throws OtapException {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) {
        String other = ValueText.of(attribute.getValue());
        if (!text.equals(other)) {
          String fits = other == null ? "NULL" : "'" + other + "' or NULL";
          throw Misfits.of(column, text, fits + ", as the row's attributes have " + key);
        }
        return attributes;
      }
    }
    List<KeyValue> more = new ArrayList<>(attributes);
    more.add(
        KeyValue.newBuilder()
            .setKey(key)
            .setValue(AnyValue.newBuilder().setStringValue(text))
            .build());
    return more;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.AttributeDecoder;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.TableColumn;
import io.otap.flink.table.model.ValueForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes resources, or scopes. Those with the same content are one, with attributes in any order.
 */
final class SharedWriter {

  private final IntColumnBuilder ids;
  private final FieldWriter[] fields;
  private final RowData.FieldGetter[] getters;
  private final AttributeDecoder attributes;
  private final AttributeValues values;
  private final int attributesIndex;
  private final BatchTables tables;
  private final SharedWriter outer;
  private final ColumnAttributes columnAttributes;
  private final Map<Object, Integer> known = new HashMap<>();
  private int current;

  /**
   * @param declared fields of the column; none if it is not declared
   * @param outer what it lies in: two are only the same in the same; or null
   * @param columnAttributes those of its attributes that have columns
   */
  SharedWriter(
      BatchTables tables,
      Signal signal,
      TableColumn column,
      RowType declared,
      SharedWriter outer,
      ColumnAttributes columnAttributes) {
    this.tables = tables;
    this.outer = outer;
    this.columnAttributes = columnAttributes;
    this.ids = tables.root().ints(((Content.Shared) column.content()).idPath());
    this.fields = new FieldWriter[declared.getFieldCount()];
    this.getters = new RowData.FieldGetter[fields.length];
    AttributeValues forms = null;
    int index = -1;
    for (int i = 0; i < fields.length; i++) {
      String field = declared.getFieldNames().get(i);
      String name = column.name() + "." + field;
      TableColumn inner = column.field(field);
      getters[i] = RowData.createFieldGetter(declared.getTypeAt(i), i);
      if (inner.content() instanceof Content.SharedAttributes) {
        index = i;
        forms = new AttributeValues(name, ValueForm.ofAttributes(declared.getTypeAt(i)));
      } else {
        fields[i] = new ColumnWriters(tables).of(name, inner, declared.getTypeAt(i), signal.root());
      }
    }
    this.attributes = tables.attributes(attributesOf(column));
    this.values = forms;
    this.attributesIndex = index;
  }

  private static PayloadType attributesOf(TableColumn column) {
    return ((Content.SharedAttributes) column.field("attributes").content()).table();
  }

  /** The id of what was written last. */
  int current() {
    return current;
  }

  /**
   * @param shared null if there is none
   * @param source the row that it is in
   */
  void write(int row, RowData shared, RowData source) throws OtapException {
    List<Object> key = new ArrayList<>(fields.length + 2);
    key.add(outer == null ? 0 : outer.current());
    List<KeyValue> list = List.of();
    for (int i = 0; i < fields.length; i++) {
      Object field = shared == null ? null : getters[i].getFieldOrNull(shared);
      if (i == attributesIndex) {
        list = values.list(field);
      } else {
        fields[i].write(row, field);
        key.add(content(field));
      }
    }
    list = columnAttributes.in(list, source);
    key.add(sorted(list));
    Integer id = known.get(key);
    if (id == null) {
      id = known.size();
      known.put(key, id);
      if (!list.isEmpty()) {
        list.forEach(attribute -> tables.grow(attribute.getSerializedSize()));
        attributes.add(id, list);
      }
    }
    current = id;
    ids.set(row, id);
  }

  /** Unset and default are the same. */
  private static Object content(Object field) {
    if (field == null) {
      return "";
    }
    if (field instanceof StringData text) {
      return text.toString();
    }
    return field.equals(0L) ? "" : field;
  }

  private static List<ByteString> sorted(List<KeyValue> attributes) {
    return attributes.stream()
        .map(KeyValue::toByteString)
        .sorted(ByteString.unsignedLexicographicalComparator())
        .toList();
  }
}

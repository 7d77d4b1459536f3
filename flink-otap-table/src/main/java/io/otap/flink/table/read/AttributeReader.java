/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.ChildRows;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.ValueForm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;

/** The attributes of one parent. */
interface AttributeReader {

  /** The attributes at these positions. */
  Object read(ChildRows rows, int start, int end) throws OtapException;

  static AttributeReader of(ValueForm form, OtapTable table) {
    Texts keys = new Texts(table.binaryVector("key"));
    FieldReader values = ValueReader.of(form, table, "");
    return switch (form) {
      case TEXT -> new TextMaps(keys, values);
      case VARIANT -> map(keys, values);
      case EXACT -> pairs(keys, values);
    };
  }

  private static AttributeReader map(Texts keys, FieldReader values) {
    GenericMapData none = new GenericMapData(Map.of());
    return (rows, start, end) -> {
      if (start == end) {
        return none;
      }
      Map<StringData, Object> map = new LinkedHashMap<>();
      for (int i = start; i < end; i++) {
        int row = rows.row(i);
        StringData key = keys.read(row);
        if (!map.containsKey(key)) {
          map.put(key, values.read(row));
        }
      }
      return new GenericMapData(map);
    };
  }

  private static AttributeReader pairs(Texts keys, FieldReader values) {
    return (rows, start, end) -> {
      Object[] pairs = new Object[end - start];
      for (int i = 0; i < pairs.length; i++) {
        int row = rows.row(start + i);
        pairs[i] = GenericRowData.of(keys.read(row), values.read(row));
      }
      return new GenericArrayData(pairs);
    };
  }
}

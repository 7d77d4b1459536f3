/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;

/** The attributes of a table, by the id of what they belong to. */
final class AttributeEncoder {

  private final ReverseProtoWriter out;
  private final ChildRows rows;
  private final BinaryVector keys;
  private final DictionaryFields keyFields;
  private final AnyValueEncoder values;

  AttributeEncoder(OtapBatch batch, PayloadType type, ReverseProtoWriter out) throws OtapException {
    OtapTable table = batch.table(type);
    this.out = out;
    this.rows = ChildRows.of(table);
    this.keys = table.binaryVector("key");
    this.keyFields = DictionaryFields.of(keys, AttributeEncoder::key);
    this.values = new AnyValueEncoder(table, "", KeyValue.VALUE_FIELD_NUMBER, out);
  }

  /** Writes the attributes of a parent as KeyValues in this field. */
  void write(int field, int parent) throws OtapException {
    int start = rows.start(parent);
    for (int i = rows.end(parent) - 1; i >= start; i--) {
      int row = rows.row(i);
      int end = out.written();
      values.write(row);
      if (keyFields == null || keys.isNull(row)) {
        out.bytes(KeyValue.KEY_FIELD_NUMBER, keys, row);
      } else {
        keyFields.write(out, row);
      }
      out.close(field, end);
    }
  }

  private static void key(ReverseProtoWriter out, byte[] data, int from, int size) {
    if (size != 0) {
      out.presentBytes(KeyValue.KEY_FIELD_NUMBER, data, from, size);
    }
  }
}

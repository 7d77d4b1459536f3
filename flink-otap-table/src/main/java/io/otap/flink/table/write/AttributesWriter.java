/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.otlp.AttributeDecoder;
import java.util.List;

/** Writes the attributes of rows of a table. */
final class AttributesWriter {

  private final BatchTables tables;
  private final PayloadType parent;
  private final AttributeDecoder decoder;

  /**
   * @param parent the table of the rows
   */
  AttributesWriter(BatchTables tables, PayloadType parent) {
    this.tables = tables;
    this.parent = parent;
    this.decoder = tables.attributes(ColumnWriters.child(parent, "_attrs"));
  }

  void write(int row, List<KeyValue> attributes) throws OtapException {
    if (!attributes.isEmpty()) {
      attributes.forEach(attribute -> tables.grow(attribute.getSerializedSize()));
      decoder.add(tables.parentId(parent, row), attributes);
    }
  }
}

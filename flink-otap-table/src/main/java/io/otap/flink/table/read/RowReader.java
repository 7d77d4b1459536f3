/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.error.OtapException;
import org.apache.flink.table.data.GenericRowData;

/** Rows inside of a row. */
final class RowReader implements FieldReader {

  private final FieldReader[] fields;

  RowReader(FieldReader[] fields) {
    this.fields = fields;
  }

  @Override
  public GenericRowData read(int row) throws OtapException {
    GenericRowData out = new GenericRowData(fields.length);
    for (int i = 0; i < fields.length; i++) {
      out.setField(i, fields[i].read(row));
    }
    return out;
  }
}

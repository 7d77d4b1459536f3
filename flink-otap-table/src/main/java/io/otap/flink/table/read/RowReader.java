/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.error.OtapException;
import java.util.Arrays;
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

  /** A reader that makes one object for all rows with the same id. */
  FieldReader sharedBy(IntVector ids) {
    return shared(this, ids);
  }

  static FieldReader shared(FieldReader reader, IntVector ids) {
    return new FieldReader() {

      private Object[] byId = new Object[16];
      private boolean[] known = new boolean[16];

      @Override
      public Object read(int row) throws OtapException {
        int id = Cells.id(ids, row);
        if (id < 0) {
          return reader.read(row);
        }
        if (id >= byId.length) {
          byId = Arrays.copyOf(byId, Math.max(2 * byId.length, id + 1));
          known = Arrays.copyOf(known, byId.length);
        }
        if (!known[id]) {
          byId[id] = reader.read(row);
          known[id] = true;
        }
        return byId[id];
      }
    };
  }
}

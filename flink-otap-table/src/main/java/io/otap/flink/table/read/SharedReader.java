/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.error.OtapException;
import java.util.Arrays;

/** Reads once what all rows with the same id share. */
final class SharedReader implements FieldReader {

  private final FieldReader reader;
  private final IntVector ids;
  private Object[] byId = new Object[16];
  private boolean[] known = new boolean[16];

  SharedReader(FieldReader reader, IntVector ids) {
    this.reader = reader;
    this.ids = ids;
  }

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

  @Override
  public int code(int row) {
    return Math.max(Cells.id(ids, row), NO_CODE);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Rows of a table of ours. */
record BatchRows(OtapTable table) implements TableRows {

  @Override
  public PayloadType type() {
    return table.type();
  }

  @Override
  public int rows() {
    return table.rows();
  }

  @Override
  public Object get(String path, int row) {
    Column column = table.type().column(path);
    return value(table.vector(column), column.type(), row);
  }

  private static Object value(Vector vector, ColumnType type, int row) {
    if (vector == null || vector.isNull(row)) {
      return null;
    } else if (vector instanceof ByteVector bytes) {
      return type == ColumnType.BOOL ? (Object) (bytes.get(row) != 0) : bytes.get(row) & 0xFFL;
    } else if (vector instanceof IntVector ints) {
      return type == ColumnType.INT32 ? ints.get(row) : ints.get(row) & 0xFFFF_FFFFL;
    } else if (vector instanceof LongVector longs) {
      return longs.get(row);
    } else if (vector instanceof DoubleVector doubles) {
      return doubles.get(row);
    } else if (vector instanceof BinaryVector binary) {
      return type == ColumnType.UTF8
          ? binary.string(row)
          : HexFormat.of().formatHex(binary.bytes(row));
    }
    ListVector list = (ListVector) vector;
    List<Object> out = new ArrayList<>();
    for (int i = 0; i < list.size(row); i++) {
      out.add(value(list.elements(), type, list.start(row) + i));
    }
    return out;
  }
}

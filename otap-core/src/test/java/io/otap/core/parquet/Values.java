/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Values of tables as objects that can be compared. */
final class Values {

  private Values() {}

  /** The values of a column, nulls as null. */
  static List<Object> of(List<OtapTable> tables, Column column) {
    List<Object> values = new ArrayList<>();
    for (OtapTable table : tables) {
      Vector vector = table.vector(column);
      for (int row = 0; row < table.rows(); row++) {
        values.add(vector == null ? null : of(vector, row));
      }
    }
    return values;
  }

  static Object of(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof IntVector ints) {
      return ints.get(row);
    } else if (vector instanceof LongVector longs) {
      return longs.get(row);
    } else if (vector instanceof DoubleVector doubles) {
      return doubles.get(row);
    } else if (vector instanceof ByteVector bytes) {
      return bytes.get(row);
    } else if (vector instanceof BinaryVector binaries) {
      return ByteBuffer.wrap(binaries.bytes(row));
    }
    ListVector list = (ListVector) vector;
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < list.size(row); i++) {
      elements.add(of(list.elements(), list.start(row) + i));
    }
    return elements;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.AnyValueColumns;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.AttributeType;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Role;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Bytes that are equal where resources, or scopes, are equal: fields, then attributes. */
final class ContentKey {

  private byte[] bytes = new byte[256];
  private int size;

  /** Starts with the fields of a root row that have this role, and a number. */
  ContentKey start(int outer, OtapTable root, Role role, int row) {
    size = 0;
    number(outer);
    List<Column> columns = root.type().columns();
    for (Column column : columns) {
      if (column.role() == role) {
        if (root.vector(column) instanceof BinaryVector binary) {
          binary(binary, row);
        } else {
          number(Cells.get((IntVector) root.vector(column), row));
        }
      }
    }
    return this;
  }

  /** Adds an attribute. */
  void attribute(BinaryVector keys, AnyValueColumns values, int row) {
    binary(keys, row);
    AttributeType type = values.type(row);
    number(values.typeCode(row));
    if (type == null) {
      return;
    }
    switch (type) {
      case EMPTY -> {}
      case STRING -> binary(values.strings(), row);
      case INT -> number(Cells.get(values.ints(), row));
      case DOUBLE -> number(Double.doubleToRawLongBits(Cells.get(values.doubles(), row)));
      case BOOL -> number(Cells.get(values.bools(), row));
      case BYTES -> binary(values.bytes(), row);
      case MAP, SLICE -> binary(values.serialized(), row);
    }
  }

  /** The key; usable in maps. */
  ByteBuffer finish() {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, size));
  }

  private void number(long value) {
    room(8);
    ByteBuffer.wrap(bytes).putLong(size, value);
    size += 8;
  }

  private void binary(BinaryVector column, int row) {
    int length = Cells.size(column, row);
    number(length);
    if (length > 0) {
      room(length);
      System.arraycopy(column.data(), column.start(row), bytes, size, length);
      size += length;
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }
}

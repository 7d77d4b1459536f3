/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.AttributeType;
import java.util.Arrays;

/**
 * Distinct attributes, numbered in the order of their first use: key, type and the value in the
 * column of that type. A null there is the type's default (OTAP-FORMAT 2.8); other columns do not
 * count.
 */
@Internal
final class Attributes {

  private static final byte[] NO_BYTES = {};

  private final HashSlots slots = new HashSlots();
  private final ByteStrings strings = new ByteStrings();
  private int[] keys = new int[16];
  private byte[] types = new byte[16];
  private long[] values = new long[16];
  private int size;

  /** The columns of a table of attributes, found once per table. */
  static final class Rows {

    private final BinaryVector key;
    private final ByteVector type;
    private final Vector[] byType;

    Rows(OtapTable table) {
      key = table.binaryVector("key");
      type = table.byteVector("type");
      byType = new Vector[AttributeType.values().length];
      for (AttributeType t : AttributeType.values()) {
        byType[t.code()] =
            t.column() == null ? null : table.vector(table.type().column(t.column()));
      }
    }
  }

  /** The number of a row's attribute, which is added if it is new. */
  int intern(Rows rows, int row) {
    int key = string(rows.key, row);
    byte type = rows.type == null ? 0 : rows.type.get(row);
    AttributeType known = AttributeType.ofCode(type);
    return intern(key, type, known == null ? 0 : value(known, rows.byType[type], row));
  }

  private long value(AttributeType type, Vector vector, int row) {
    return switch (type) {
      case EMPTY -> 0;
      case STRING, BYTES, MAP, SLICE -> string((BinaryVector) vector, row);
      case INT -> vector == null ? 0 : ((LongVector) vector).get(row);
      case DOUBLE ->
          vector == null ? 0 : Double.doubleToRawLongBits(((DoubleVector) vector).get(row));
      case BOOL -> vector == null ? 0 : ((ByteVector) vector).get(row);
    };
  }

  private int string(BinaryVector vector, int row) {
    int length = vector == null ? 0 : vector.size(row);
    return length == 0
        ? strings.intern(NO_BYTES, 0, 0)
        : strings.intern(vector.data(), vector.start(row), length);
  }

  private int intern(int key, byte type, long value) {
    int hash = 31 * (31 * key + type) + Long.hashCode(value);
    int slot = slots.first(hash);
    for (int number; (number = slots.number(slot)) >= 0; slot = slots.next(slot)) {
      if (keys[number] == key && types[number] == type && values[number] == value) {
        return number;
      }
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      types = Arrays.copyOf(types, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    keys[size] = key;
    types[size] = type;
    values[size] = value;
    slots.put(slot, hash, size);
    return size++;
  }

  /** The number of an attribute's key: equal keys have equal numbers. */
  int key(int attribute) {
    return keys[attribute];
  }

  byte type(int attribute) {
    return types[attribute];
  }

  /** An integer, the bits of a double, a boolean, or the number of a string. */
  long value(int attribute) {
    return values[attribute];
  }

  /** Keys and values that are strings or bytes. */
  ByteStrings strings() {
    return strings;
  }
}

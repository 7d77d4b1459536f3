/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;

/** Numbered attributes as columns. A column without any value is absent. */
@Internal
final class AttributeColumns {

  private final PayloadType type;
  private final Attributes attributes;
  private final int[] numbers;

  /**
   * @param numbers attribute of each row
   */
  AttributeColumns(PayloadType type, Attributes attributes, int[] numbers) {
    this.type = type;
    this.attributes = attributes;
    this.numbers = numbers;
  }

  OtapTable table(int[] parents) {
    int rows = numbers.length;
    Vector[] vectors = new Vector[type.columns().size()];
    vectors[type.parentId().index()] = new IntVector(rows, null, parents);
    byte[] types = new byte[rows];
    int[] keys = new int[rows];
    for (int row = 0; row < rows; row++) {
      types[row] = attributes.type(numbers[row]);
      keys[row] = attributes.key(numbers[row]);
    }
    vectors[type.column("type").index()] = new ByteVector(rows, null, types);
    vectors[type.column("key").index()] = strings(null, keys);
    for (AttributeType value :
        new AttributeType[] {
          AttributeType.STRING,
          AttributeType.INT,
          AttributeType.DOUBLE,
          AttributeType.BOOL,
          AttributeType.BYTES,
          AttributeType.MAP
        }) {
      vectors[type.column(value.column()).index()] = values(value);
    }
    return new OtapTable(type, rows, vectors);
  }

  private Vector values(AttributeType kind) {
    int rows = numbers.length;
    long[] validity = Validity.empty(rows);
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (isIn(kind, row)) {
        Validity.set(validity, row);
        count++;
      }
    }
    if (count == 0) {
      return null;
    }
    long[] present = count == rows ? null : validity;
    return switch (kind) {
      case INT -> new LongVector(rows, present, longs(kind));
      case DOUBLE -> new DoubleVector(rows, present, doubles());
      case BOOL -> new ByteVector(rows, present, booleans());
      default -> strings(present, stringNumbers(kind));
    };
  }

  private boolean isIn(AttributeType kind, int row) {
    AttributeType type = AttributeType.ofCode(attributes.type(numbers[row]));
    return type != null && type.column() != null && type.column().equals(kind.column());
  }

  private long[] longs(AttributeType kind) {
    long[] out = new long[numbers.length];
    for (int row = 0; row < out.length; row++) {
      out[row] = isIn(kind, row) ? attributes.value(numbers[row]) : 0;
    }
    return out;
  }

  private double[] doubles() {
    double[] out = new double[numbers.length];
    long[] bits = longs(AttributeType.DOUBLE);
    for (int row = 0; row < out.length; row++) {
      out[row] = Double.longBitsToDouble(bits[row]);
    }
    return out;
  }

  private byte[] booleans() {
    byte[] out = new byte[numbers.length];
    long[] values = longs(AttributeType.BOOL);
    for (int row = 0; row < out.length; row++) {
      out[row] = (byte) values[row];
    }
    return out;
  }

  private int[] stringNumbers(AttributeType kind) {
    int[] out = new int[numbers.length];
    for (int row = 0; row < out.length; row++) {
      out[row] = isIn(kind, row) ? (int) attributes.value(numbers[row]) : -1;
    }
    return out;
  }

  private BinaryVector strings(long[] validity, int[] strings) {
    int rows = strings.length;
    int[] offsets = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      int length = strings[row] < 0 ? 0 : attributes.strings().length(strings[row]);
      offsets[row + 1] = Math.addExact(offsets[row], length);
    }
    byte[] data = new byte[offsets[rows]];
    for (int row = 0; row < rows; row++) {
      if (strings[row] >= 0) {
        attributes.strings().copy(strings[row], data, offsets[row]);
      }
    }
    return new BinaryVector(rows, validity, null, offsets, data);
  }
}

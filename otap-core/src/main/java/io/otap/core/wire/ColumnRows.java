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
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.AttributeType;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.PayloadType;

/**
 * The rows of a column as they are to be written: a null only where it means something, else the
 * default as a value, because receivers differ in what they make of a null (OTAP-FORMAT 3.2).
 *
 * @param vector the values; null if all are defaults
 * @param validity rows that have a value; null if all have
 */
record ColumnRows(Column column, int rows, Vector vector, long[] validity, ByteVector types) {

  /** A map and an array without entries in CBOR, by the code of their type. */
  private static final byte[] EMPTY_MAP = {(byte) 0xA0};

  private static final byte[] EMPTY_SLICE = {(byte) 0x80};
  private static final byte[] NOTHING = new byte[0];

  /** All columns of a table, by their index. */
  static ColumnRows[] of(OtapTable table) throws OtapException {
    PayloadType type = table.type();
    String prefix = prefix(type);
    ColumnRows[] out = new ColumnRows[type.columns().size()];
    ByteVector types = prefix == null ? null : table.byteVector(prefix + AttributeType.COLUMN);
    long[][] active = prefix == null ? null : active(table, prefix, types);
    for (Column column : type.columns()) {
      Vector vector = table.vector(column);
      long[] validity = null;
      if (active != null && active[column.index()] != null) {
        validity = active[column.index()];
      } else if (column.nulls() == Nulls.ABSENT) {
        validity = vector == null ? Validity.empty(table.rows()) : vector.validity();
      }
      out[column.index()] = new ColumnRows(column, table.rows(), vector, validity, types);
    }
    return out;
  }

  /** What the paths of an AnyValue's columns begin with; null if the table has none. */
  private static String prefix(PayloadType type) {
    return type.has(AttributeType.COLUMN)
        ? ""
        : type.has("body." + AttributeType.COLUMN) ? "body." : null;
  }

  /** The rows whose type has its value in a column, by the column's index. */
  private static long[][] active(OtapTable table, String prefix, ByteVector types)
      throws OtapException {
    PayloadType type = table.type();
    long[][] active = new long[type.columns().size()][];
    long[][] byCode = new long[AttributeType.values().length][];
    for (AttributeType value : AttributeType.values()) {
      if (value.column() != null) {
        int index = type.column(prefix + value.column()).index();
        if (active[index] == null) {
          active[index] = Validity.empty(table.rows());
        }
        byCode[value.code()] = active[index];
      }
    }
    for (int row = 0; types != null && row < table.rows(); row++) {
      int code = types.get(row) & 0xFF;
      if (code >= byCode.length) {
        throw OtapException.of(
                OtapErrorKind.SCHEMA,
                "unknown type code " + code + " of a value; look at where the batch comes from")
            .at(Place.row(type.folder(), null, prefix + AttributeType.COLUMN, row));
      }
      if (byCode[code] != null) {
        Validity.set(byCode[code], row);
      }
    }
    return active;
  }

  /** Whether the column has to be there for the sake of these rows. */
  boolean isSignificant() {
    if (column.required()) {
      return true;
    }
    if (validity != null) {
      return Validity.count(validity, rows) > 0;
    }
    if (column.nulls() == Nulls.ABSENT) {
      return rows > 0;
    }
    return vector != null && hasMoreThanDefaults();
  }

  private boolean hasMoreThanDefaults() {
    if (vector instanceof ListVector list) {
      return list.offsets()[rows] > list.offsets()[0];
    }
    for (int row = 0; row < rows; row++) {
      if (!isDefault(row)) {
        return true;
      }
    }
    return false;
  }

  private boolean isDefault(int row) {
    if (vector instanceof BinaryVector binary) {
      return binary.size(row) == 0;
    } else if (vector instanceof IntVector ints) {
      return ints.get(row) == 0;
    } else if (vector instanceof LongVector longs) {
      return longs.get(row) == 0;
    } else if (vector instanceof DoubleVector doubles) {
      return Double.doubleToRawLongBits(doubles.get(row)) == 0;
    }
    return ((ByteVector) vector).get(row) == 0;
  }

  int nulls() {
    return validity == null ? 0 : rows - Validity.count(validity, rows);
  }

  boolean isPresent(int row) {
    return Validity.get(validity, row);
  }

  /** Whether the bytes of every row with a value are those in the vector. */
  boolean hasAllBytes() {
    return vector != null
        && column.type().fixedLength() == 0
        && !column.name().equals(AttributeType.MAP.column());
  }

  /** Whether the bytes of a row are those in the vector, else {@link #fallback}. */
  boolean hasBytes(int row) {
    return vector != null && ((BinaryVector) vector).size(row) > 0;
  }

  /** The bytes of a row that has none in the vector. */
  byte[] fallback(int row) {
    if (column.type().fixedLength() > 0) {
      return new byte[column.type().fixedLength()];
    }
    if (column.name().equals(AttributeType.MAP.column())) {
      return types.get(row) == AttributeType.MAP.code() ? EMPTY_MAP : EMPTY_SLICE;
    }
    return NOTHING;
  }
}

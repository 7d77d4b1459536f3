/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import java.util.List;

/** Tables put one behind the other. */
@Internal
public final class Concatenation {

  private Concatenation() {}

  /** The rows of all tables, which are of one type, in order. */
  public static OtapTable of(PayloadType type, List<OtapTable> tables) {
    if (tables.size() == 1) {
      return tables.get(0);
    }
    int rows = 0;
    for (OtapTable table : tables) {
      rows = Math.addExact(rows, table.rows());
    }
    Vector[] vectors = new Vector[type.columns().size()];
    for (Column column : type.columns()) {
      vectors[column.index()] = column(column, tables, rows);
    }
    return new OtapTable(type, rows, vectors);
  }

  private static Vector column(Column column, List<OtapTable> tables, int rows) {
    Vector[] parts = new Vector[tables.size()];
    int[] lengths = new int[tables.size()];
    boolean present = false;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = tables.get(i).vector(column);
      lengths[i] = tables.get(i).rows();
      present |= parts[i] != null;
    }
    if (!present) {
      return null;
    }
    return column.list()
        ? list(column, parts, lengths, rows)
        : flat(column.type(), parts, lengths, rows);
  }

  private static Vector flat(ColumnType type, Vector[] parts, int[] lengths, int rows) {
    long[] validity = validity(parts, lengths, rows);
    return switch (type.storage()) {
      case BYTES -> {
        byte[] values = new byte[rows];
        copy(parts, lengths, values, v -> ((ByteVector) v).values());
        yield new ByteVector(rows, validity, values);
      }
      case INTS -> {
        int[] values = new int[rows];
        copy(parts, lengths, values, v -> ((IntVector) v).values());
        yield new IntVector(rows, validity, values);
      }
      case LONGS -> {
        long[] values = new long[rows];
        copy(parts, lengths, values, v -> ((LongVector) v).values());
        yield new LongVector(rows, validity, values);
      }
      case DOUBLES -> {
        double[] values = new double[rows];
        copy(parts, lengths, values, v -> ((DoubleVector) v).values());
        yield new DoubleVector(rows, validity, values);
      }
      case BINARY -> binary(parts, lengths, rows, validity);
    };
  }

  private interface Buffer {
    Object of(Vector vector);
  }

  private static void copy(Vector[] parts, int[] lengths, Object target, Buffer buffer) {
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] != null) {
        System.arraycopy(buffer.of(parts[i]), 0, target, at, lengths[i]);
      }
      at += lengths[i];
    }
  }

  private static BinaryVector binary(Vector[] parts, int[] lengths, int rows, long[] validity) {
    BinaryVector shared = sharedDictionary(parts);
    if (shared != null) {
      int[] ids = new int[rows];
      copy(parts, lengths, ids, v -> ((BinaryVector) v).ids());
      return new BinaryVector(rows, validity, ids, shared.offsets(), shared.data());
    }
    int[] offsets = new int[rows + 1];
    int row = 0;
    for (int i = 0; i < parts.length; i++) {
      BinaryVector part = (BinaryVector) parts[i];
      for (int k = 0; k < lengths[i]; k++, row++) {
        offsets[row + 1] = Math.addExact(offsets[row], part == null ? 0 : part.size(k));
      }
    }
    byte[] data = new byte[offsets[rows]];
    row = 0;
    for (int i = 0; i < parts.length; i++) {
      BinaryVector part = (BinaryVector) parts[i];
      if (part == null) {
        row += lengths[i];
        continue;
      }
      for (int k = 0; k < lengths[i]; k++, row++) {
        int size = offsets[row + 1] - offsets[row];
        if (size > 0) {
          System.arraycopy(part.data(), part.start(k), data, offsets[row], size);
        }
      }
    }
    return new BinaryVector(rows, validity, null, offsets, data);
  }

  /** A part with the dictionary that all parts with values have, or null. */
  private static BinaryVector sharedDictionary(Vector[] parts) {
    BinaryVector first = null;
    for (Vector part : parts) {
      if (part instanceof BinaryVector binary) {
        if (!binary.hasDictionary()
            || first != null
                && (first.data() != binary.data() || first.offsets() != binary.offsets())) {
          return null;
        }
        first = binary;
      }
    }
    return first;
  }

  private static ListVector list(Column column, Vector[] parts, int[] lengths, int rows) {
    int[] offsets = new int[rows + 1];
    Vector[] elements = new Vector[parts.length];
    int[] counts = new int[parts.length];
    int row = 0;
    for (int i = 0; i < parts.length; i++) {
      ListVector part = (ListVector) parts[i];
      int begin = offsets[row];
      for (int k = 0; k < lengths[i]; k++, row++) {
        offsets[row + 1] = Math.addExact(offsets[row], part == null ? 0 : part.size(k));
      }
      if (part != null) {
        counts[i] = offsets[row] - begin;
        int from = part.offsets()[0];
        elements[i] = part.elements().slice(from, from + counts[i]);
      }
    }
    return new ListVector(
        rows,
        validity(parts, lengths, rows),
        offsets,
        flat(column.type(), elements, counts, offsets[rows]));
  }

  private static long[] validity(Vector[] parts, int[] lengths, int rows) {
    boolean nulls = false;
    for (int i = 0; i < parts.length; i++) {
      nulls |= lengths[i] > 0 && (parts[i] == null || parts[i].hasNulls());
    }
    if (!nulls) {
      return null;
    }
    long[] bits = Validity.empty(rows);
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] != null && !parts[i].hasNulls()) {
        Validity.fill(bits, at, at + lengths[i]);
      } else if (parts[i] != null) {
        Validity.or(bits, at, parts[i].validity(), lengths[i]);
      }
      at += lengths[i];
    }
    return bits;
  }
}

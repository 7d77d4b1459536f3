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
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.ColumnType;
import java.util.Arrays;

/**
 * Reads the columns of a record batch into vectors. Values under nulls become zero, trace and span
 * ids of zeros become null (OTAP-FORMAT 2.3), and a null in a column or list that has no nulls is
 * the default, which the Go codec writes so.
 */
final class TableDecoder {

  private final WireSchema schema;
  private final Dictionaries dictionaries;
  private final Buffers buffers;
  private final Vector[] vectors;

  private TableDecoder(WireSchema schema, Dictionaries dictionaries, Buffers buffers) {
    this.schema = schema;
    this.dictionaries = dictionaries;
    this.buffers = buffers;
    this.vectors = new Vector[schema.type().columns().size()];
  }

  static OtapTable table(WireSchema schema, Dictionaries dictionaries, Buffers buffers, int rows)
      throws OtapException {
    TableDecoder decoder = new TableDecoder(schema, dictionaries, buffers);
    for (Field field : schema.fields()) {
      decoder.field(field, rows, null);
    }
    buffers.finish();
    return new OtapTable(schema.type(), rows, decoder.vectors);
  }

  /** The values of a dictionary, of which none may be null; an id of zeros has no bytes. */
  static Vector dictionary(Column column, Buffers buffers, int rows) throws OtapException {
    buffers.next(rows);
    Vector values = plain(column.type(), buffers, rows, null);
    buffers.finish();
    if (values instanceof BinaryVector ids && column.type().fixedLength() > 0) {
      return new BinaryVector(rows, null, null, ids.offsets(), ids.data());
    }
    if (values.hasNulls()) {
      throw WireErrors.broken("a dictionary holds a null");
    }
    return values;
  }

  /**
   * @param outer rows at which the enclosing struct is there; null if at all
   */
  private void field(Field field, int rows, long[] outer) throws OtapException {
    if (field instanceof Field.Leaf leaf) {
      buffers.next(rows);
      try {
        vectors[leaf.column().index()] = leaf(leaf, rows, outer);
      } catch (OtapException e) {
        throw e.at(WireErrors.at(schema.type(), leaf.column()));
      }
    } else if (field instanceof Field.Struct struct) {
      buffers.next(rows);
      long[] validity = and(outer, buffers.validity(), rows);
      for (Field member : struct.fields()) {
        field(member, rows, validity);
      }
    } else if (field instanceof Field.Values list) {
      buffers.next(rows);
      long[] validity = and(outer, buffers.validity(), rows);
      int[] offsets = buffers.offsets();
      int items = items(offsets, rows);
      list(list.item(), rows, validity, offsets, items, null);
    } else if (field instanceof Field.Items list) {
      buffers.next(rows);
      long[] validity = and(outer, buffers.validity(), rows);
      int[] offsets = buffers.offsets();
      int items = items(offsets, rows);
      long[] present = buffers.validity();
      for (Field.Leaf member : list.fields()) {
        buffers.next(items);
        list(member, rows, validity, offsets, items, present);
      }
    }
  }

  /** Goes to the items of a list. */
  private int items(int[] offsets, int rows) throws OtapException {
    int items = buffers.next();
    if (offsets[rows] > items) {
      throw WireErrors.broken("a list has " + items + " items where its offsets have more");
    }
    return items;
  }

  private void list(
      Field.Leaf item, int rows, long[] validity, int[] offsets, int items, long[] outer)
      throws OtapException {
    Column column = item.column();
    Vector elements = plain(column.type(), buffers, items, outer);
    // A null item is a zero of the Go codec.
    Vector values =
        elements instanceof LongVector longs
            ? new LongVector(items, null, longs.values())
            : new DoubleVector(items, null, ((DoubleVector) elements).values());
    vectors[column.index()] = tight(new ListVector(rows, validity, offsets, values));
  }

  private Vector leaf(Field.Leaf leaf, int rows, long[] outer) throws OtapException {
    Column column = leaf.column();
    Vector vector =
        leaf.keyWidth() == 0
            ? plain(column.type(), buffers, rows, outer)
            : encoded(leaf, rows, outer);
    return column.nulls() == Nulls.REFUSED ? filled(vector) : vector;
  }

  private static Vector plain(ColumnType type, Buffers buffers, int rows, long[] outer)
      throws OtapException {
    long[] validity = and(outer, buffers.validity(), rows);
    return switch (type.storage()) {
      case BYTES -> {
        byte[] values = type == ColumnType.BOOL ? buffers.bits() : buffers.bytes();
        for (int row = nextNull(validity, 0, rows); row < rows; ) {
          values[row] = 0;
          row = nextNull(validity, row + 1, rows);
        }
        yield new ByteVector(rows, validity, values);
      }
      case INTS -> {
        int[] values = buffers.ints(type == ColumnType.UINT16 ? 2 : 4);
        for (int row = nextNull(validity, 0, rows); row < rows; ) {
          values[row] = 0;
          row = nextNull(validity, row + 1, rows);
        }
        yield new IntVector(rows, validity, values);
      }
      case LONGS -> {
        long[] values = buffers.longs();
        for (int row = nextNull(validity, 0, rows); row < rows; ) {
          values[row] = 0;
          row = nextNull(validity, row + 1, rows);
        }
        yield new LongVector(rows, validity, values);
      }
      case DOUBLES -> {
        double[] values = buffers.doubles();
        for (int row = nextNull(validity, 0, rows); row < rows; ) {
          values[row] = 0;
          row = nextNull(validity, row + 1, rows);
        }
        yield new DoubleVector(rows, validity, values);
      }
      case BINARY ->
          type.fixedLength() > 0
              ? fixed(type.fixedLength(), buffers, rows, validity)
              : binary(buffers, rows, validity);
    };
  }

  private static BinaryVector binary(Buffers buffers, int rows, long[] validity)
      throws OtapException {
    int[] offsets = buffers.offsets();
    int base = offsets[0];
    byte[] data = buffers.data(base, offsets[rows]);
    if (base > 0) {
      for (int i = 0; i <= rows; i++) {
        offsets[i] -= base;
      }
    }
    BinaryVector vector = new BinaryVector(rows, validity, null, offsets, data);
    for (int row = nextNull(validity, 0, rows); row < rows; ) {
      if (offsets[row] < offsets[row + 1]) {
        return vector.gather(allRows(rows), 0, rows);
      }
      row = nextNull(validity, row + 1, rows);
    }
    return vector;
  }

  /** Ids; one of zeros is none. */
  private static BinaryVector fixed(int width, Buffers buffers, int rows, long[] validity)
      throws OtapException {
    byte[] data = buffers.fixed(width);
    int[] offsets = new int[rows + 1];
    long[] present = Validity.empty(rows);
    int end = 0;
    int values = 0;
    for (int row = 0; row < rows; row++) {
      if (Validity.get(validity, row) && !isZero(data, width * row, width)) {
        if (end < width * row) {
          System.arraycopy(data, width * row, data, end, width);
        }
        end += width;
        values++;
        Validity.set(present, row);
      }
      offsets[row + 1] = end;
    }
    return new BinaryVector(rows, values == rows ? null : present, null, offsets, data);
  }

  private Vector encoded(Field.Leaf leaf, int rows, long[] outer) throws OtapException {
    long[] validity = and(outer, buffers.validity(), rows);
    int[] keys = buffers.ints(leaf.keyWidth());
    Vector values = dictionaries.get(leaf.dictionary());
    if (values == null && nextValue(validity, 0, rows) < rows) {
      throw WireErrors.broken("the dictionary " + leaf.dictionary() + " never came");
    }
    int entries = values == null ? 0 : values.length();
    for (int row = 0; row < rows; row++) {
      if (!Validity.get(validity, row)) {
        keys[row] = 0;
      } else if (keys[row] >= entries) {
        throw WireErrors.broken(
            "a row has key " + keys[row] + " into a dictionary of " + entries + " values");
      }
    }
    return switch (leaf.column().type().storage()) {
      case INTS -> {
        int[] out = new int[rows];
        for (int row = nextValue(validity, 0, rows); row < rows; ) {
          out[row] = ((IntVector) values).get(keys[row]);
          row = nextValue(validity, row + 1, rows);
        }
        yield new IntVector(rows, validity, out);
      }
      case LONGS -> {
        long[] out = new long[rows];
        for (int row = nextValue(validity, 0, rows); row < rows; ) {
          out[row] = ((LongVector) values).get(keys[row]);
          row = nextValue(validity, row + 1, rows);
        }
        yield new LongVector(rows, validity, out);
      }
      case BINARY -> {
        BinaryVector vector = binaries((BinaryVector) values, keys, rows, validity);
        yield leaf.column().type().fixedLength() > 0 ? withoutZeros(vector) : vector;
      }
      default -> throw WireErrors.broken("the column cannot have a dictionary");
    };
  }

  private static BinaryVector binaries(BinaryVector values, int[] keys, int rows, long[] validity) {
    if (values == null) {
      return new BinaryVector(rows, validity, keys, new int[1], new byte[0]);
    }
    return new BinaryVector(rows, validity, keys, values.offsets(), values.data());
  }

  /** The ids, with a null for one without bytes. */
  private static BinaryVector withoutZeros(BinaryVector ids) {
    int rows = ids.length();
    long[] present = Validity.empty(rows);
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (ids.size(row) > 0) {
        Validity.set(present, row);
        count++;
      }
    }
    return count == rows
        ? ids
        : new BinaryVector(rows, present, ids.ids(), ids.offsets(), ids.data());
  }

  /** The vector with nulls as defaults. */
  private static Vector filled(Vector vector) {
    if (!vector.hasNulls()) {
      return vector;
    }
    int rows = vector.length();
    return switch (vector.storage()) {
      case BYTES -> new ByteVector(rows, null, ((ByteVector) vector).values());
      case INTS -> new IntVector(rows, null, ((IntVector) vector).values());
      default -> withEmpty((BinaryVector) vector);
    };
  }

  /** The strings, with the empty one for a null. */
  private static BinaryVector withEmpty(BinaryVector vector) {
    int rows = vector.length();
    if (!vector.hasDictionary()) {
      return new BinaryVector(rows, null, null, vector.offsets(), vector.data());
    }
    int entries = vector.offsets().length - 1;
    int[] offsets = Arrays.copyOf(vector.offsets(), entries + 2);
    offsets[entries + 1] = offsets[entries];
    int[] ids = vector.ids();
    for (int row = nextNull(vector.validity(), 0, rows); row < rows; ) {
      ids[row] = entries;
      row = nextNull(vector.validity(), row + 1, rows);
    }
    return new BinaryVector(rows, null, ids, offsets, vector.data());
  }

  /** The list with no elements under nulls, nor before the first row. */
  private static ListVector tight(ListVector list) {
    int rows = list.length();
    boolean loose = list.offsets()[0] != 0;
    for (int row = nextNull(list.validity(), 0, rows); row < rows && !loose; ) {
      loose = list.size(row) > 0;
      row = nextNull(list.validity(), row + 1, rows);
    }
    if (!loose) {
      return list;
    }
    int[] picked = new int[list.elements().length()];
    int[] offsets = new int[rows + 1];
    int end = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < list.size(row) && !list.isNull(row); i++) {
        picked[end++] = list.start(row) + i;
      }
      offsets[row + 1] = end;
    }
    return new ListVector(rows, list.validity(), offsets, list.elements().gather(picked, 0, end));
  }

  private static boolean isZero(byte[] data, int from, int width) {
    for (int i = from; i < from + width; i++) {
      if (data[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static int[] allRows(int rows) {
    int[] out = new int[rows];
    for (int i = 0; i < rows; i++) {
      out[i] = i;
    }
    return out;
  }

  private static long[] and(long[] a, long[] b, int rows) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    long[] out = new long[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] & b[i];
    }
    return Validity.count(out, rows) == rows ? null : out;
  }

  /** The first null from a row on; {@code rows} if there is none. */
  private static int nextNull(long[] validity, int from, int rows) {
    if (validity == null) {
      return rows;
    }
    int row = from;
    while (row < rows && Validity.get(validity, row)) {
      row++;
    }
    return row;
  }

  /** The first row with a value from a row on; {@code rows} if there is none. */
  private static int nextValue(long[] validity, int from, int rows) {
    int row = from;
    while (row < rows && !Validity.get(validity, row)) {
      row++;
    }
    return row;
  }
}

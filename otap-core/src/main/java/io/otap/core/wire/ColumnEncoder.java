/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Wire;
import io.otap.core.model.ColumnType;
import io.otap.core.model.ColumnType.Storage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One column of an Arrow stream: whether it is there, with which keys, and its dictionary, which
 * grows with the stream. A dictionary that overflows takes wider keys; one that would overflow
 * these, or that hardly ever meets a value twice, gives way to plain values.
 */
final class ColumnEncoder {

  /** Entries for keys of 8 and of 16 bits; one less than keys can tell, as the Go codec has it. */
  private static final int[] CAPACITY = {0, 255, 65_535};

  /** Bytes of the entries of a dictionary. */
  private static final int MAX_BYTES = 4 << 20;

  /** From so many values on it shows whether a dictionary is worth it. */
  private static final int TELLING = 512;

  /** More new entries than this share of the values: plain values are no larger. */
  private static final double MOSTLY_NEW = 0.5;

  /** An overflow with fewer entries than this share of all values: begin anew, do not give up. */
  private static final double REPEATED = 0.3;

  private static final int WIDEST_KEYS = 2;

  private final Column column;
  private boolean present;
  private int keyWidth;
  private BinaryEntries binaries;
  private LongEntries numbers;
  private int sent;
  private long values;
  private int[] keys = new int[0];

  /** Keys by entry of the dictionary that the vectors of a source share. */
  private int[] known;

  private int[] knownOffsets;

  /**
   * @param steady whether the column is always there, with the widest keys from the start
   */
  ColumnEncoder(Column column, boolean steady) {
    this.column = column;
    this.present = column.required() || steady;
    int keys = startWidth(column);
    this.keyWidth = steady && keys > 0 ? WIDEST_KEYS : keys;
    reset();
  }

  private static int startWidth(Column column) {
    Storage storage = column.type().storage();
    boolean isId = column.role() == Column.Role.PARENT_ID;
    if (column.wire() == Wire.NATIVE || isId || storage == Storage.DOUBLES) {
      return 0;
    }
    return column.wire() == Wire.DICTIONARY_8 ? 1 : 2;
  }

  Column column() {
    return column;
  }

  boolean isPresent() {
    return present;
  }

  /** The column as a field of the schema. */
  Field.Leaf leaf(IdEncoding encoding) {
    return new Field.Leaf(column, keyWidth, column.index(), encoding);
  }

  boolean hasDictionary() {
    return keyWidth > 0;
  }

  /** Makes the column present if the rows ask for it; says whether that is a change. */
  boolean appear(ColumnRows rows) {
    if (present || !rows.isSignificant()) {
      return false;
    }
    present = true;
    return true;
  }

  /** Begins the dictionary anew. */
  void reset() {
    boolean binary = column.type().storage() == Storage.BINARY;
    binaries = keyWidth > 0 && binary ? new BinaryEntries() : null;
    numbers = keyWidth > 0 && !binary ? new LongEntries() : null;
    sent = 0;
    values = 0;
    known = null;
    knownOffsets = null;
  }

  /**
   * Finds the keys of the rows.
   *
   * @return false if the column takes another form: the stream has to begin anew
   */
  boolean findKeys(ColumnRows rows) {
    if (keyWidth == 0) {
      return true;
    }
    if (keys.length < rows.rows()) {
      keys = new int[rows.rows()];
    }
    int before = entries();
    boolean fits = binaries != null ? findBinaries(rows) : findNumbers(rows);
    int count = rows.rows() - rows.nulls();
    values += count;
    if (!fits) {
      widen();
      return false;
    }
    if (count >= TELLING && entries() - before > MOSTLY_NEW * count) {
      keyWidth = 0;
      return false;
    }
    return true;
  }

  private void widen() {
    if (keyWidth == 1) {
      keyWidth = 2;
    } else if (entries() > REPEATED * values || sent == 0) {
      keyWidth = 0;
    }
  }

  private int entries() {
    return binaries != null ? binaries.size() : numbers.size();
  }

  private boolean isFull() {
    return entries() > CAPACITY[keyWidth] || binaries != null && binaries.bytes() > MAX_BYTES;
  }

  private boolean findBinaries(ColumnRows rows) {
    BinaryVector vector = (BinaryVector) rows.vector();
    if (vector != null && vector.hasDictionary()) {
      return findKnown(rows, vector);
    }
    for (int row = 0; row < rows.rows(); row++) {
      if (!rows.isPresent(row)) {
        keys[row] = 0;
        continue;
      }
      keys[row] = addBytes(rows, vector, row);
      if (isFull()) {
        return false;
      }
    }
    return true;
  }

  private int addBytes(ColumnRows rows, BinaryVector vector, int row) {
    if (rows.hasBytes(row)) {
      return binaries.add(vector.data(), vector.start(row), vector.size(row));
    }
    byte[] fallback = rows.fallback(row);
    return binaries.add(fallback, 0, fallback.length);
  }

  /** As long as vectors share a dictionary, each of its entries is looked up once. */
  private boolean findKnown(ColumnRows rows, BinaryVector vector) {
    if (knownOffsets != vector.offsets()) {
      knownOffsets = vector.offsets();
      known = new int[knownOffsets.length];
      Arrays.fill(known, -1);
    }
    int[] ids = vector.ids();
    for (int row = 0; row < rows.rows(); row++) {
      if (!rows.isPresent(row)) {
        keys[row] = 0;
        continue;
      }
      boolean hasBytes = rows.hasBytes(row);
      int key = hasBytes ? known[ids[row]] : -1;
      if (key < 0) {
        key = addBytes(rows, vector, row);
        if (isFull()) {
          return false;
        }
        if (hasBytes) {
          known[ids[row]] = key;
        }
      }
      keys[row] = key;
    }
    return true;
  }

  private boolean findNumbers(ColumnRows rows) {
    for (int row = 0; row < rows.rows(); row++) {
      if (!rows.isPresent(row)) {
        keys[row] = 0;
        continue;
      }
      keys[row] = numbers.add(number(rows.vector(), row));
      if (isFull()) {
        return false;
      }
    }
    return true;
  }

  private static long number(Vector vector, int row) {
    if (vector instanceof LongVector longs) {
      return longs.get(row);
    }
    return vector == null ? 0 : ((IntVector) vector).get(row);
  }

  /** How many entries have not been written. */
  int unsent() {
    return entries() - sent;
  }

  /** Whether entries were written before, so that others only come behind them. */
  boolean isContinued() {
    return sent > 0;
  }

  /** Writes the entries that have not been. */
  void writeEntries(BodyWriter out) {
    int count = unsent();
    out.node(count, 0);
    out.empty();
    if (numbers != null) {
      ByteBuffer to = out.scratch(8 * count);
      boolean wide = column.type().storage() == Storage.LONGS;
      for (int i = 0; i < count; i++) {
        if (wide) {
          to.putLong(8 * i, numbers.get(sent + i));
        } else {
          to.putInt(4 * i, (int) numbers.get(sent + i));
        }
      }
      out.put((wide ? 8 : 4) * count);
    } else {
      int start = binaries.offsets()[sent];
      int end = binaries.offsets()[sent + count];
      if (column.type().fixedLength() == 0) {
        offsets(binaries.offsets(), sent, count, out);
      }
      out.put(binaries.data(), start, end - start);
    }
    sent += count;
  }

  /** Writes the node and the buffers of the rows. */
  void write(ColumnRows rows, BodyWriter out) {
    int count = rows.rows();
    out.node(count, rows.nulls());
    out.validity(rows.nulls() == 0 ? null : rows.validity(), count);
    if (keyWidth > 0) {
      narrow(keys, count, keyWidth, out);
      return;
    }
    switch (column.type().storage()) {
      case BYTES -> bytes((ByteVector) rows.vector(), count, out);
      case INTS -> {
        int[] values =
            rows.vector() == null ? new int[count] : ((IntVector) rows.vector()).values();
        narrow(values, count, column.type() == ColumnType.UINT16 ? 2 : 4, out);
      }
      case LONGS, DOUBLES -> wide(rows.vector(), 0, count, out);
      case BINARY -> binaries(rows, out);
    }
  }

  private void bytes(ByteVector vector, int count, BodyWriter out) {
    if (column.type() != ColumnType.BOOL) {
      out.put(vector == null ? new byte[count] : vector.values(), 0, count);
      return;
    }
    long[] bits = Validity.empty(count);
    for (int row = 0; vector != null && row < count; row++) {
      if (vector.get(row) != 0) {
        Validity.set(bits, row);
      }
    }
    ByteBuffer to = out.scratch(8 * bits.length);
    to.asLongBuffer().put(bits);
    out.put(count + 7 >>> 3);
  }

  private static void narrow(int[] values, int count, int width, BodyWriter out) {
    ByteBuffer to = out.scratch(width * count);
    switch (width) {
      case 1 -> {
        byte[] array = to.array();
        for (int i = 0; i < count; i++) {
          array[i] = (byte) values[i];
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          to.putShort(2 * i, (short) values[i]);
        }
      }
      default -> to.asIntBuffer().put(values, 0, count);
    }
    out.put(width * count);
  }

  /** Writes numbers of 64 bits; zeros if there is no vector. */
  static void wide(Vector vector, int from, int count, BodyWriter out) {
    ByteBuffer to = out.scratch(8 * count);
    if (vector instanceof LongVector longs) {
      to.asLongBuffer().put(longs.values(), from, count);
    } else if (vector instanceof DoubleVector doubles) {
      to.asDoubleBuffer().put(doubles.values(), from, count);
    } else {
      Arrays.fill(to.array(), 0, 8 * count, (byte) 0);
    }
    out.put(8 * count);
  }

  /** Writes offsets from 0 on. */
  static void offsets(int[] offsets, int from, int count, BodyWriter out) {
    ByteBuffer to = out.scratch(4 * (count + 1));
    int base = offsets[from];
    if (base == 0) {
      to.asIntBuffer().put(offsets, from, count + 1);
    } else {
      for (int i = 0; i <= count; i++) {
        to.putInt(4 * i, offsets[from + i] - base);
      }
    }
    out.put(4 * (count + 1));
  }

  private void binaries(ColumnRows rows, BodyWriter out) {
    BinaryVector vector = (BinaryVector) rows.vector();
    int count = rows.rows();
    if (rows.hasAllBytes() && !vector.hasDictionary()) {
      int[] offsets = vector.offsets();
      offsets(offsets, 0, count, out);
      out.put(vector.data(), offsets[0], offsets[count] - offsets[0]);
      return;
    }
    int[] offsets = new int[count + 1];
    byte[] data = new byte[Math.max(64, count * Math.max(8, column.type().fixedLength()))];
    int fixed = column.type().fixedLength();
    int end = 0;
    for (int row = 0; row < count; row++) {
      if (rows.isPresent(row)) {
        boolean hasBytes = rows.hasBytes(row);
        byte[] from = hasBytes ? vector.data() : rows.fallback(row);
        int start = hasBytes ? vector.start(row) : 0;
        int size = hasBytes ? vector.size(row) : from.length;
        if (end + size > data.length) {
          data = Arrays.copyOf(data, Math.max(2 * data.length, Math.addExact(end, size)));
        }
        System.arraycopy(from, start, data, end, size);
        end += size;
      } else {
        end += fixed;
      }
      offsets[row + 1] = end;
    }
    if (fixed == 0) {
      offsets(offsets, 0, count, out);
    }
    out.put(data, 0, end);
  }
}

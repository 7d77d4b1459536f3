/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import java.util.Arrays;

/** A column of a {@link GrowingTable}. */
abstract sealed class GrowingColumn {

  /** Of an array. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private int capacity;

  /** Bitmap of the rows with a value; null as long as all have one. */
  private long[] validity;

  private GrowingColumn(int capacity) {
    this.capacity = capacity;
  }

  /**
   * @param vector first values of the column
   */
  static GrowingColumn like(Vector vector, int capacity) {
    if (vector instanceof ListVector lists) {
      return new Lists(lists, capacity);
    }
    if (vector instanceof BinaryVector strings) {
      return strings.hasDictionary()
          ? new DictionaryIds(strings, capacity)
          : new Strings(capacity, strings.offsets()[strings.length()]);
    }
    return new Fixed(vector, capacity);
  }

  /** Whether values of this vector are held in the same way. */
  boolean takes(Vector vector) {
    return true;
  }

  /**
   * A column of the same values that takes {@code count} rows of a vector that this one does not
   * take as it is.
   *
   * @param rows so far
   */
  GrowingColumn taking(Vector vector, int count, int rows) {
    throw new IllegalStateException("no strings");
  }

  /** Appends rows of a vector as the rows from {@code at} on. */
  final void append(Vector vector, int from, int to, int at) {
    int end = at + to - from;
    reserve(end);
    long[] bits = from == 0 ? vector.validity() : Validity.slice(vector.validity(), from, to);
    if (bits != null) {
      requireBitmap(at);
      Validity.or(validity, at, bits, to - from);
    } else if (validity != null) {
      Validity.fill(validity, at, end);
    }
    values(vector, from, to, at);
  }

  /** Makes the rows from {@code at} to {@code end}, exclusive, nulls. */
  final void appendNulls(int at, int end) {
    if (at < end) {
      reserve(end);
      requireBitmap(at);
      nulls(at, end);
    }
  }

  final Vector vector(int rows) {
    if (rows < capacity >> 1) {
      grow(rows);
    }
    return vector(rows, validity);
  }

  long exclusiveBytes(int rows) {
    return valueBytes(rows) + (validity == null ? 0 : (rows + 7L) >>> 3);
  }

  private void reserve(int rows) {
    if (rows > capacity) {
      capacity = Math.max(rows, capacity + (capacity >> 1));
      grow(capacity);
      validity = validity == null ? null : Arrays.copyOf(validity, (capacity + 63) >>> 6);
    }
  }

  private void requireBitmap(int rowsBefore) {
    if (validity == null) {
      validity = Validity.empty(capacity);
      Validity.fill(validity, 0, rowsBefore);
    }
  }

  abstract void grow(int capacity);

  abstract void values(Vector vector, int from, int to, int at);

  void nulls(int at, int end) {}

  abstract Vector vector(int rows, long[] validity);

  abstract long valueBytes(int rows);

  private static final class Fixed extends GrowingColumn {

    private final Vector like;
    private Object values;

    Fixed(Vector like, int capacity) {
      super(capacity);
      this.like = like;
      this.values =
          switch (like.storage()) {
            case BYTES -> new byte[capacity];
            case INTS -> new int[capacity];
            case LONGS -> new long[capacity];
            case DOUBLES -> new double[capacity];
            case BINARY -> throw new IllegalArgumentException("strings");
          };
    }

    @Override
    void grow(int capacity) {
      values =
          switch (like.storage()) {
            case BYTES -> Arrays.copyOf((byte[]) values, capacity);
            case INTS -> Arrays.copyOf((int[]) values, capacity);
            case LONGS -> Arrays.copyOf((long[]) values, capacity);
            case DOUBLES -> Arrays.copyOf((double[]) values, capacity);
            case BINARY -> throw new IllegalArgumentException("strings");
          };
    }

    @Override
    void values(Vector vector, int from, int to, int at) {
      System.arraycopy(array(vector), from, values, at, to - from);
    }

    private static Object array(Vector vector) {
      if (vector instanceof IntVector ints) {
        return ints.values();
      }
      if (vector instanceof LongVector longs) {
        return longs.values();
      }
      if (vector instanceof DoubleVector doubles) {
        return doubles.values();
      }
      return ((ByteVector) vector).values();
    }

    @Override
    Vector vector(int rows, long[] validity) {
      return switch (like.storage()) {
        case BYTES -> new ByteVector(rows, validity, (byte[]) values);
        case INTS -> new IntVector(rows, validity, (int[]) values);
        case LONGS -> new LongVector(rows, validity, (long[]) values);
        case DOUBLES -> new DoubleVector(rows, validity, (double[]) values);
        case BINARY -> throw new IllegalArgumentException("strings");
      };
    }

    @Override
    long valueBytes(int rows) {
      return rows
          * switch (like.storage()) {
            case BYTES -> 1L;
            case INTS -> 4L;
            default -> 8L;
          };
    }
  }

  /**
   * Ids of entries. As long as there is one dictionary it is shared; the entries of others are put
   * behind its own.
   */
  private static final class DictionaryIds extends GrowingColumn {

    private int[] ids;

    /** The dictionary of the rows appended last. */
    private BinaryVector last;

    /** What is to be added to its ids. */
    private int base;

    private int[] offsets;
    private byte[] data;

    /** Entries of all dictionaries. */
    private int entries;

    DictionaryIds(BinaryVector like, int capacity) {
      super(capacity);
      this.ids = new int[capacity];
      this.last = like;
      this.offsets = like.offsets();
      this.data = like.data();
      this.entries = offsets.length - 1;
    }

    @Override
    boolean takes(Vector vector) {
      return ((BinaryVector) vector).sharesDictionary(last);
    }

    @Override
    GrowingColumn taking(Vector vector, int count, int rows) {
      BinaryVector strings = (BinaryVector) vector;
      if (strings.hasDictionary() && addEntries(strings, count)) {
        return this;
      }
      Strings plain = new Strings(ids.length, 0);
      plain.append(vector(rows), 0, rows, 0);
      return plain;
    }

    /** False if they are too many for the rows, or for an array. */
    private boolean addEntries(BinaryVector strings, int count) {
      int[] more = strings.offsets();
      int number = more.length - 1;
      int from = offsets[entries];
      long bytes = (long) from + more[number] - more[0];
      if (number > count || bytes > MOST_BYTES) {
        return false;
      }
      if (offsets.length <= entries + number || base == 0) {
        offsets = Arrays.copyOf(offsets, 1 + entries + Math.max(number, entries >> 1));
      }
      for (int i = 1; i <= number; i++) {
        offsets[entries + i] = from + more[i] - more[0];
      }
      if (data.length < bytes || base == 0) {
        data = Arrays.copyOf(data, (int) Math.min(MOST_BYTES, bytes + (bytes >> 1)));
      }
      System.arraycopy(strings.data(), more[0], data, from, more[number] - more[0]);
      last = strings;
      base = entries;
      entries += number;
      return true;
    }

    @Override
    void grow(int capacity) {
      ids = Arrays.copyOf(ids, capacity);
    }

    @Override
    void values(Vector vector, int from, int to, int at) {
      int[] more = ((BinaryVector) vector).ids();
      if (base == 0) {
        System.arraycopy(more, from, ids, at, to - from);
        return;
      }
      for (int row = from; row < to; row++) {
        ids[at + row - from] = more[row] + base;
      }
    }

    @Override
    Vector vector(int rows, long[] validity) {
      int[] ends = offsets.length == entries + 1 ? offsets : Arrays.copyOf(offsets, entries + 1);
      return new BinaryVector(rows, validity, ids, ends, data);
    }

    @Override
    long valueBytes(int rows) {
      return 4L * rows;
    }
  }

  /** Values of several bytes or elements each. */
  private abstract static sealed class Offsets extends GrowingColumn {

    /** Start of each row's value, and the end of the last. */
    private int[] offsets;

    Offsets(int capacity) {
      super(capacity);
      this.offsets = new int[capacity + 1];
    }

    final int end(int row) {
      return offsets[row];
    }

    /** Appends the sizes of rows whose values follow one another from {@code source[from]} on. */
    final void addEnds(int[] source, int from, int to, int at) {
      int shift = offsets[at] - source[from];
      for (int i = 1; i <= to - from; i++) {
        offsets[at + i] = source[from + i] + shift;
      }
    }

    final void addEnd(int row, int size) {
      offsets[row + 1] = Math.addExact(offsets[row], size);
    }

    final int[] offsets(int rows) {
      return offsets.length == rows + 1 ? offsets : Arrays.copyOf(offsets, rows + 1);
    }

    @Override
    final void grow(int capacity) {
      offsets = Arrays.copyOf(offsets, capacity + 1);
    }

    @Override
    final void nulls(int at, int end) {
      Arrays.fill(offsets, at + 1, end + 1, offsets[at]);
    }
  }

  private static final class Strings extends Offsets {

    private byte[] data;

    Strings(int capacity, int bytes) {
      super(capacity);
      this.data = new byte[bytes];
    }

    @Override
    boolean takes(Vector vector) {
      return !((BinaryVector) vector).hasDictionary();
    }

    @Override
    GrowingColumn taking(Vector vector, int count, int rows) {
      return this;
    }

    @Override
    void values(Vector vector, int from, int to, int at) {
      BinaryVector strings = (BinaryVector) vector;
      if (strings.hasDictionary()) {
        for (int row = from; row < to; row++) {
          int size = strings.size(row);
          copy(strings.data(), size == 0 ? 0 : strings.start(row), size, end(at + row - from));
          addEnd(at + row - from, size);
        }
        return;
      }
      int start = strings.offsets()[from];
      copy(strings.data(), start, strings.offsets()[to] - start, end(at));
      addEnds(strings.offsets(), from, to, at);
    }

    private void copy(byte[] source, int from, int size, int at) {
      int end = Math.addExact(at, size);
      if (end > data.length) {
        data = Arrays.copyOf(data, (int) Math.max(end, Math.min(end + (end >> 1), 1L << 30)));
      }
      System.arraycopy(source, from, data, at, size);
    }

    @Override
    Vector vector(int rows, long[] validity) {
      int size = end(rows);
      byte[] bytes = data.length - size > size >>> 3 ? Arrays.copyOf(data, size) : data;
      return new BinaryVector(rows, validity, null, offsets(rows), bytes);
    }

    @Override
    long valueBytes(int rows) {
      return 4L * (rows + 1) + end(rows);
    }
  }

  private static final class Lists extends Offsets {

    private final GrowingColumn elements;

    Lists(ListVector like, int capacity) {
      super(capacity);
      this.elements = like(like.elements(), like.elements().length());
    }

    @Override
    void values(Vector vector, int from, int to, int at) {
      ListVector lists = (ListVector) vector;
      elements.append(lists.elements(), lists.offsets()[from], lists.offsets()[to], end(at));
      addEnds(lists.offsets(), from, to, at);
    }

    @Override
    Vector vector(int rows, long[] validity) {
      return new ListVector(rows, validity, offsets(rows), elements.vector(end(rows)));
    }

    @Override
    long valueBytes(int rows) {
      return 4L * (rows + 1) + elements.exclusiveBytes(end(rows));
    }
  }
}

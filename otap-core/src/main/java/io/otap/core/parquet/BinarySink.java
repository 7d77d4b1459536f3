/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Spread;
import io.otap.core.batch.Vector;
import java.io.IOException;
import java.util.Arrays;

/**
 * Strings and bytes. As long as all pages of a step use one dictionary, the vector shares it and
 * keeps the ids. Where a step has values of several dictionaries, or with and without, it gets a
 * dictionary of its own with all of them: a long value that repeats is never copied for each row.
 */
final class BinarySink extends ValueSink {

  private static final int[] NONE = {};

  private final boolean recycles;
  private int capacity;

  /** The ids of the last vector, where they are recycled. */
  private int[] spare = NONE;

  /** Row behind those of {@link #ids} that have been written, as far as buffers are recycled. */
  private int filled;

  /** Entry of each row, in the dictionary or in {@link #own}; null if each row is its own entry. */
  private int[] ids;

  private Dictionary dictionary;

  /** Entries of the vector's own; null if it needs none yet. */
  private BinaryPlain own;

  /** Where the entries of {@link #dictionary} begin in {@link #own}. */
  private int base;

  BinarySink(boolean recycles) {
    this.recycles = recycles;
  }

  @Override
  void begin(int rows) {
    capacity = rows;
    filled = 0;
    ids = null;
    dictionary = null;
    own = null;
    base = 0;
  }

  @Override
  void append(PageValues values, int at, int rows, int present, long[] validity)
      throws IOException {
    if (present == 0) {
      if (own != null && ids == null) {
        own.addEmpty(rows);
      }
    } else if (values instanceof DictionaryValues coded) {
      coded(coded, at, rows, present, validity);
    } else if (ids == null) {
      plain(values, at, rows, present, validity);
    } else {
      ownEntries();
      clearTo(at, rows);
      int first = own.entries;
      values.binaries(own, present);
      for (int i = 0; i < present; i++) {
        ids[at + i] = first + i;
      }
      spread(at, rows, present, validity);
    }
  }

  private void plain(PageValues values, int at, int rows, int present, long[] validity)
      throws IOException {
    if (own == null) {
      own = new BinaryPlain();
      own.ensureEntries(capacity);
      own.addEmpty(at);
    }
    values.binaries(own, present);
    if (present < rows) {
      Spread.ends(own.offsets, at, rows, present, validity);
    }
    own.entries = at + rows;
  }

  private void coded(DictionaryValues coded, int at, int rows, int present, long[] validity)
      throws IOException {
    if (ids == null) {
      ids = spare.length < capacity ? new int[capacity] : spare;
      spare = NONE;
      for (int i = 0; own != null && i < at; i++) {
        ids[i] = i;
      }
      filled = own == null ? 0 : at;
    }
    clearTo(at, rows);
    if (dictionary == null && own == null) {
      dictionary = coded.dictionary();
    } else if (dictionary != coded.dictionary()) {
      ownEntries();
      dictionary = coded.dictionary();
      base = own.entries;
      add(dictionary);
    }
    coded.ids(ids, at, present);
    for (int i = at; base > 0 && i < at + present; i++) {
      ids[i] += base;
    }
    spread(at, rows, present, validity);
  }

  private void clearTo(int at, int rows) {
    if (recycles) {
      Arrays.fill(ids, filled, at, 0);
      filled = at + rows;
    }
  }

  private void spread(int at, int rows, int present, long[] validity) {
    if (present < rows) {
      Spread.ints(ids, at, rows, present, validity);
    }
  }

  private void ownEntries() throws IOException {
    if (own == null) {
      own = new BinaryPlain();
      add(dictionary);
    }
  }

  private void add(Dictionary entries) throws IOException {
    own.ensureEntries(entries.size);
    own.reserve(entries.offsets[entries.size]);
    for (int e = 0; e < entries.size; e++) {
      int start = entries.offsets[e];
      own.add(entries.data, start, entries.offsets[e + 1] - start);
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) {
    if (recycles && ids != null) {
      clearTo(length, 0);
      spare = ids;
    }
    BinaryVector vector;
    if (own == null) {
      vector = new BinaryVector(length, validity, ids, dictionary.offsets, dictionary.data);
    } else {
      int entries = ids == null ? length : own.entries;
      int size = own.offsets[entries];
      byte[] data = own.data.length - size > size >>> 3 ? Arrays.copyOf(own.data, size) : own.data;
      int[] offsets = ids == null ? own.offsets : Arrays.copyOf(own.offsets, entries + 1);
      vector = new BinaryVector(length, validity, ids, offsets, data);
    }
    begin(0);
    return vector;
  }
}

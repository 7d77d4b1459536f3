/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import java.io.IOException;
import java.util.Arrays;

/**
 * Strings and bytes. As long as all pages of a step use one dictionary, the vector shares it and
 * keeps the ids; otherwise it gets the bytes themselves.
 */
final class BinarySink extends ValueSink {

  private int capacity;
  private int[] ids;
  private Dictionary dictionary;
  private BinaryPlain plain;

  @Override
  void begin(int rows) {
    capacity = rows;
    ids = null;
    dictionary = null;
    plain = null;
  }

  @Override
  void append(PageValues values, int at, int rows, int present, long[] validity)
      throws IOException {
    if (present == 0) {
      if (plain != null) {
        plain.addEmpty(rows);
      }
      return;
    }
    if (plain == null
        && values instanceof DictionaryValues coded
        && (dictionary == null || dictionary == coded.dictionary())) {
      dictionary = coded.dictionary();
      if (ids == null) {
        ids = new int[capacity];
      }
      coded.ids(ids, at, present);
      if (present < rows) {
        Spread.ints(ids, at, rows, present, validity);
      }
      return;
    }
    if (plain == null) {
      materialise(at, validity);
    }
    values.binaries(plain, present);
    if (present < rows) {
      Spread.ends(plain.offsets, at, rows, present, validity);
    }
    plain.entries = at + rows;
  }

  private void materialise(int rows, long[] validity) throws IOException {
    plain = new BinaryPlain();
    plain.ensureEntries(capacity);
    if (dictionary == null) {
      plain.addEmpty(rows);
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (Validity.get(validity, i)) {
        int start = dictionary.offsets[ids[i]];
        plain.add(dictionary.data, start, dictionary.offsets[ids[i] + 1] - start);
      } else {
        plain.addEmpty(1);
      }
    }
  }

  @Override
  Vector finish(int length, long[] validity, long firstRow) {
    BinaryVector vector;
    if (plain == null) {
      vector = new BinaryVector(length, validity, ids, dictionary.offsets, dictionary.data);
    } else {
      int size = plain.offsets[length];
      byte[] data =
          plain.data.length - size > size >>> 3 ? Arrays.copyOf(plain.data, size) : plain.data;
      vector = new BinaryVector(length, validity, null, plain.offsets, data);
    }
    begin(0);
    return vector;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.Arrays;

/** Encodings RLE_DICTIONARY and PLAIN_DICTIONARY: ids into the chunk's dictionary. */
final class DictionaryValues extends PageValues {

  private static final int[] NONE = {};

  private final Dictionary dictionary;
  private final RunDecoder runs;
  private int[] scratch = NONE;

  private DictionaryValues(Dictionary dictionary, RunDecoder runs) {
    this.dictionary = dictionary;
    this.runs = runs;
  }

  /** The first byte is the number of bits; a page of nulls has none. */
  static DictionaryValues of(Dictionary dictionary, byte[] bytes, int from, int end)
      throws IOException {
    if (dictionary == null) {
      throw OtapException.of(
          CORRUPT, "a page of dictionary ids comes before a dictionary; copy the file again");
    }
    RunDecoder runs =
        from < end
            ? new RunDecoder(bytes, from + 1, end, bytes[from])
            : new RunDecoder(bytes, from, end, 0);
    return new DictionaryValues(dictionary, runs);
  }

  Dictionary dictionary() {
    return dictionary;
  }

  /** The ids, checked. */
  void ids(int[] out, int off, int n) throws IOException {
    for (int at = off, end = off + n; at < end; ) {
      int m = runs.repeat(end - at);
      if (m > 0) {
        Arrays.fill(out, at, at + m, runId());
      } else {
        m = runs.packed(out, at, end - at);
        check(out, at, at + m);
      }
      at += m;
    }
  }

  private int[] ids(int n) throws IOException {
    if (scratch.length < n) {
      scratch = new int[n];
    }
    ids(scratch, 0, n);
    return scratch;
  }

  @Override
  void ints(int[] out, int off, int n) throws IOException {
    ids(out, off, n);
    int[] entries = dictionary.ints;
    for (int i = off; i < off + n; i++) {
      out[i] = entries[out[i]];
    }
  }

  @Override
  void longs(long[] out, int off, int n) throws IOException {
    int[] ids = ids(n);
    long[] entries = dictionary.longs;
    for (int i = 0; i < n; i++) {
      out[off + i] = entries[ids[i]];
    }
  }

  @Override
  void doubles(double[] out, int off, int n) throws IOException {
    int[] ids = ids(n);
    double[] entries = dictionary.doubles;
    for (int i = 0; i < n; i++) {
      out[off + i] = entries[ids[i]];
    }
  }

  /** The id of a run, checked. */
  private int runId() throws OtapException {
    int id = runs.value();
    if (id < 0 || id >= dictionary.size) {
      throw outside();
    }
    return id;
  }

  private void check(int[] ids, int from, int to) throws OtapException {
    int last = dictionary.size - 1;
    int bad = 0;
    for (int i = from; i < to; i++) {
      bad |= ids[i] | last - ids[i];
    }
    if (bad < 0) {
      throw outside();
    }
  }

  private OtapException outside() {
    return OtapException.of(
        CORRUPT,
        "an id is outside the dictionary of " + dictionary.size + " values; copy the file again");
  }

  @Override
  void binaries(BinaryPlain out, int n) throws IOException {
    int[] ids = ids(n);
    int[] offsets = dictionary.offsets;
    out.ensureEntries(n);
    for (int i = 0; i < n; i++) {
      int start = offsets[ids[i]];
      out.add(dictionary.data, start, offsets[ids[i] + 1] - start);
    }
  }

  @Override
  void skip(int n) throws IOException {
    runs.skip(n);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Vector;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * Strings and bytes, of any or of a fixed length. What a vector's dictionary says to be equal is
 * looked up once.
 */
final class BinaryEncoder extends ValueEncoder {

  private final int fixedLength;
  private BinaryDictionary dictionary;

  /** Without a dictionary: the page's values in PLAIN encoding. */
  private final PageBytes plain = new PageBytes();

  private long plainBytes;

  /** The dictionary of the last vector, and the entries in ours, -1 where not looked up yet. */
  private int[] knownOffsets;

  private int[] known;

  private byte[] smallest = new byte[0];
  private int smallestSize = -1;
  private byte[] largest = new byte[0];
  private int largestSize = -1;

  /** Without repeating comparisons: entries that this page has compared, by page number. */
  private int[] compared = new int[64];

  private int page = 1;

  /**
   * @param fixedLength bytes of each value, or 0
   */
  BinaryEncoder(int fixedLength, boolean dictionary) {
    this.fixedLength = fixedLength;
    this.dictionary = dictionary ? new BinaryDictionary() : null;
  }

  @Override
  void add(Vector vector, int from, int to) {
    BinaryVector strings = (BinaryVector) vector;
    int[] ids = strings.ids();
    int[] offsets = strings.offsets();
    if (dictionary != null && ids != null && offsets != knownOffsets) {
      knownOffsets = offsets;
      known = new int[offsets.length - 1];
      Arrays.fill(known, -1);
    }
    for (int row = from; row < to; row++) {
      if (strings.isNull(row)) {
        continue;
      }
      int entry = ids == null ? row : ids[row];
      if (dictionary == null) {
        append(strings.data(), offsets[entry], offsets[entry + 1]);
      } else if (ids == null) {
        addEntry(dictionary.entry(strings.data(), offsets[entry], offsets[entry + 1]));
      } else {
        if (known[entry] < 0) {
          known[entry] = dictionary.entry(strings.data(), offsets[entry], offsets[entry + 1]);
        }
        addEntry(known[entry]);
      }
    }
  }

  private void addEntry(int entry) {
    addId(entry);
    plainBytes += prefix() + dictionary.size(entry);
    if (entry >= compared.length) {
      compared = Arrays.copyOf(compared, Math.max(entry + 1, 2 * compared.length));
    }
    if (compared[entry] != page) {
      compared[entry] = page;
      compare(dictionary.data(), dictionary.start(entry), dictionary.end(entry));
    }
  }

  private void append(byte[] data, int from, int to) {
    countValue();
    plainBytes += prefix() + to - from;
    if (fixedLength == 0) {
      plain.writeInt(to - from);
    }
    plain.write(data, from, to - from);
    compare(data, from, to);
  }

  private int prefix() {
    return fixedLength == 0 ? 4 : 0;
  }

  private void compare(byte[] data, int from, int to) {
    if (fixedLength > 0 && to - from != fixedLength) {
      throw new IllegalArgumentException(
          "a value of " + (to - from) + " bytes where all have " + fixedLength);
    }
    if (smallestSize < 0 || Arrays.compareUnsigned(data, from, to, smallest, 0, smallestSize) < 0) {
      smallest = copy(data, from, to, smallest);
      smallestSize = to - from;
    }
    if (largestSize < 0 || Arrays.compareUnsigned(data, from, to, largest, 0, largestSize) > 0) {
      largest = copy(data, from, to, largest);
      largestSize = to - from;
    }
  }

  private static byte[] copy(byte[] data, int from, int to, byte[] reused) {
    byte[] out = reused.length >= to - from ? reused : new byte[2 * (to - from)];
    System.arraycopy(data, from, out, 0, to - from);
    return out;
  }

  @Override
  boolean hasDictionary() {
    return dictionary != null;
  }

  @Override
  int entries() {
    return dictionary.size();
  }

  @Override
  int dictionaryBytes() {
    return dictionary.bytes() + prefix() * dictionary.size();
  }

  @Override
  void dictionary(PageBytes out) {
    for (int i = 0; i < dictionary.size(); i++) {
      write(i, out);
    }
  }

  @Override
  void dropDictionary() {
    dictionary = null;
    known = null;
    knownOffsets = null;
  }

  @Override
  long plainBytes() {
    return plainBytes;
  }

  @Override
  void plain(PageBytes out) {
    if (dictionary == null) {
      out.write(plain.array(), 0, plain.size());
      return;
    }
    for (int i = 0; i < values(); i++) {
      write(id(i), out);
    }
  }

  private void write(int entry, PageBytes out) {
    if (fixedLength == 0) {
      out.writeInt(dictionary.size(entry));
    }
    out.write(dictionary.data(), dictionary.start(entry), dictionary.size(entry));
  }

  @Override
  boolean statistics(Statistics<?> statistics) {
    if (smallestSize >= 0) {
      statistics.updateStats(Binary.fromConstantByteArray(Arrays.copyOf(smallest, smallestSize)));
      statistics.updateStats(Binary.fromConstantByteArray(Arrays.copyOf(largest, largestSize)));
    }
    return true;
  }

  @Override
  void clear() {
    super.clear();
    plain.clear();
    plainBytes = 0;
    smallestSize = -1;
    largestSize = -1;
    page++;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.Vector;
import io.otap.core.model.ColumnType;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/**
 * Collects the values of a page. While a chunk has a dictionary, a value is the number of its
 * entry; the dictionary lives as long as the chunk.
 */
abstract class ValueEncoder {

  private int[] ids = new int[128];
  private int values;

  static ValueEncoder of(WrittenColumn column, boolean dictionary) {
    return switch (column.column().type().storage()) {
      case BINARY -> new BinaryEncoder(column.column().type().fixedLength(), dictionary);
      case BYTES ->
          column.column().type() == ColumnType.BOOL
              ? new BooleanEncoder()
              : new NumberEncoder(column.column().type(), dictionary);
      default -> new NumberEncoder(column.column().type(), dictionary);
    };
  }

  /** Adds the values of these rows that are not null. */
  abstract void add(Vector vector, int from, int to);

  /** Whether values are numbers of entries. */
  abstract boolean hasDictionary();

  /** Entries of the dictionary so far. */
  abstract int entries();

  /** Bytes of the dictionary so far. */
  abstract int dictionaryBytes();

  /** Appends the dictionary's entries. */
  abstract void dictionary(PageBytes out);

  /** Continues without the dictionary; the page must be empty. */
  abstract void dropDictionary();

  /** Bytes of the page's values in PLAIN encoding. */
  abstract long plainBytes();

  /** Appends the page's values in PLAIN encoding. */
  abstract void plain(PageBytes out);

  /**
   * Adds the page's smallest and largest value, if it has values that can be compared.
   *
   * @return false if it has values but none that can be compared, all being NaN
   */
  abstract boolean statistics(Statistics<?> statistics);

  /** Begins the next page. */
  void clear() {
    values = 0;
  }

  final int values() {
    return values;
  }

  /** Number of the entry of the page's value {@code i}. */
  final int id(int i) {
    return ids[i];
  }

  final void addId(int id) {
    if (values == ids.length) {
      ids = Arrays.copyOf(ids, 2 * values);
    }
    ids[values++] = id;
  }

  final void countValue() {
    values++;
  }

  /** Appends the page's values as numbers of entries. */
  final void ids(PageBytes out) throws IOException {
    int bits = BytesUtils.getWidthFromMaxInt(Math.max(0, entries() - 1));
    out.write(bits);
    try (RunLengthBitPackingHybridEncoder encoder = runs(bits)) {
      for (int i = 0; i < values; i++) {
        encoder.writeInt(ids[i]);
      }
      encoder.toBytes().writeAllTo(out);
    }
  }

  static RunLengthBitPackingHybridEncoder runs(int bits) {
    return new RunLengthBitPackingHybridEncoder(
        bits, 256, 1 << 16, HeapByteBufferAllocator.getInstance());
  }
}

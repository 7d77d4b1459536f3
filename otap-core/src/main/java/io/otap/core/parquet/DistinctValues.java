/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;

/**
 * The different values of a column in a row group: its dictionary, if all its pages refer to that.
 * Whether they do is told by the footer, which counts pages by their encoding. It is believed if
 * the count is that of the page index, where there is one.
 */
@Internal
public final class DistinctValues {

  /** Whether bytes {@code from} to {@code to} are a value that is looked for. */
  public interface BinaryTest {
    boolean holds(byte[] data, int from, int to);
  }

  private final Dictionary dictionary;

  /** Of a number of 32 bits. */
  private final long mask;

  private DistinctValues(Dictionary dictionary, long mask) {
    this.dictionary = dictionary;
    this.mask = mask;
  }

  /**
   * Reads the dictionary alone.
   *
   * @return null if the file has no such column, or does not tell its values so
   * @throws OtapException of kind CORRUPT or SCHEMA as when the column is read
   */
  public static DistinctValues read(
      SeekableInput in, ParquetFooter footer, Column column, int group) throws IOException {
    Leaf leaf = footer.leaf(column.path());
    if (leaf == null || !isAsInTheModel(leaf, column)) {
      return null;
    }
    ColumnChunk chunk = footer.chunk(group, leaf);
    int pages = pagesWithDictionary(chunk.getMeta_data());
    if (pages == 0) {
      return null;
    }
    try {
      CountingInput counting = new CountingInput(in, footer);
      List<PageLocation> index = PageIndex.locations(counting, chunk, footer.rows(group));
      if (index != null && index.size() != pages) {
        return null;
      }
      Dictionary dictionary =
          new ColumnChunkReader(counting, leaf, chunk, footer.rows(group)).dictionary();
      return dictionary == null
          ? null
          : new DistinctValues(dictionary, column.type() == ColumnType.INT32 ? -1 : 0xffff_ffffL);
    } catch (IOException | RuntimeException e) {
      throw Explain.at(e, new Place(null, null, footer.file(), column.path(), -1));
    }
  }

  /** Numbers that are widened or narrowed when they are read are not compared here. */
  private static boolean isAsInTheModel(Leaf leaf, Column column) {
    return switch (column.type()) {
      case UTF8, BINARY, FIXED8, FIXED16 ->
          leaf.type() == Type.BYTE_ARRAY || leaf.type() == Type.FIXED_LEN_BYTE_ARRAY;
      case UINT8, UINT16, UINT32, INT32 -> leaf.type() == Type.INT32;
      case INT64, DURATION, TIMESTAMP -> leaf.type() == Type.INT64;
      default -> false;
    };
  }

  /** The number of data pages if all refer to the dictionary, else 0. */
  private static int pagesWithDictionary(ColumnMetaData chunk) {
    if (!chunk.isSetEncoding_stats()) {
      return 0;
    }
    int pages = 0;
    for (PageEncodingStats stats : chunk.getEncoding_stats()) {
      boolean data =
          stats.getPage_type() == PageType.DATA_PAGE
              || stats.getPage_type() == PageType.DATA_PAGE_V2;
      boolean known =
          stats.getEncoding() == Encoding.RLE_DICTIONARY
              || stats.getEncoding() == Encoding.PLAIN_DICTIONARY;
      if (stats.getCount() < 0 || data && stats.getCount() > 0 && !known) {
        return 0;
      }
      pages += data ? stats.getCount() : 0;
    }
    return pages;
  }

  /** Whether one of the values of a column of strings or ids is looked for. */
  public boolean anyBinary(BinaryTest wanted) {
    for (int entry = 0; entry < dictionary.size; entry++) {
      if (wanted.holds(dictionary.data, dictionary.offsets[entry], dictionary.offsets[entry + 1])) {
        return true;
      }
    }
    return false;
  }

  /** Whether one of the values of a column of whole numbers is looked for. */
  public boolean anyNumber(LongPredicate wanted) {
    for (int entry = 0; entry < dictionary.size; entry++) {
      if (wanted.test(
          dictionary.ints == null ? dictionary.longs[entry] : dictionary.ints[entry] & mask)) {
        return true;
      }
    }
    return false;
  }
}

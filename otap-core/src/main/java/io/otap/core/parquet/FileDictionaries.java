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
import java.io.Closeable;
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
 * What the dictionaries of an open file tell of the values of its columns, read without their
 * pages. One has all values of a column in a row group if all pages refer to it. Whether they do is
 * told by the footer, which counts pages by their encoding. It is believed if the count is that of
 * the page index, where there is one.
 */
@Internal
public final class FileDictionaries implements Closeable {

  /** Whether bytes {@code from} to {@code to} are a value that is looked for. */
  @FunctionalInterface
  public interface BinaryTest {
    boolean holds(byte[] data, int from, int to);
  }

  private final PageFile in;
  private final ParquetFooter footer;

  /**
   * @param in not closed with it
   */
  public FileDictionaries(SeekableInput in, ParquetFooter footer) {
    this.in = new PageFile(in, footer);
    this.footer = footer;
  }

  /**
   * Whether a column of strings or ids may have such a value in a row group, nulls aside.
   *
   * @throws OtapException of kind CORRUPT or SCHEMA as when the column is read
   */
  public boolean mayHaveBinary(int group, Column column, BinaryTest wanted) throws IOException {
    Dictionary dictionary = dictionary(group, column);
    if (dictionary == null) {
      return true;
    }
    for (int entry = 0; entry < dictionary.size; entry++) {
      if (wanted.holds(dictionary.data, dictionary.offsets[entry], dictionary.offsets[entry + 1])) {
        return true;
      }
    }
    return false;
  }

  /** The same of a column of whole numbers. */
  public boolean mayHaveNumber(int group, Column column, LongPredicate wanted) throws IOException {
    Dictionary dictionary = dictionary(group, column);
    if (dictionary == null) {
      return true;
    }
    long mask = column.type() == ColumnType.INT32 ? -1 : 0xffff_ffffL;
    for (int entry = 0; entry < dictionary.size; entry++) {
      if (wanted.test(
          dictionary.ints == null ? dictionary.longs[entry] : dictionary.ints[entry] & mask)) {
        return true;
      }
    }
    return false;
  }

  /** Null if there is none that is known to have all values. */
  private Dictionary dictionary(int group, Column column) throws IOException {
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
      List<PageLocation> index = PageIndex.locations(in, chunk, footer.rows(group));
      return index != null && index.size() != pages
          ? null
          : new ColumnChunkReader(in, leaf, chunk, footer.rows(group)).dictionary();
    } catch (IOException | RuntimeException e) {
      throw Explain.at(e, new Place(null, null, footer.file(), column.path(), -1));
    }
  }

  @Override
  public void close() {
    in.decompressor().close();
  }

  /** Numbers that are widened or narrowed when they are read are not compared here. */
  private static boolean isAsInTheModel(Leaf leaf, Column column) {
    if (leaf.maxRepetition() > 0) {
      return false;
    }
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
    for (PageEncodingStats counted : chunk.getEncoding_stats()) {
      boolean ids =
          counted.getEncoding() == Encoding.RLE_DICTIONARY
              || counted.getEncoding() == Encoding.PLAIN_DICTIONARY;
      if (counted.getPage_type() != PageType.DICTIONARY_PAGE && counted.getCount() != 0) {
        if (!ids || counted.getCount() < 0) {
          return 0;
        }
        pages += counted.getCount();
      }
    }
    return pages;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.ListVector;
import io.otap.core.batch.Vector;
import io.otap.core.model.ColumnType.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Pages of a column in one row group, compressed and in memory until the row group is complete.
 *
 * <p>A chunk starts with a dictionary. If that does not pay on the first page, or once it is too
 * large, the following values are written PLAIN.
 */
final class ChunkWriter {

  /** Rows between two looks at the size of the page; few where a row can be large. */
  private static final int STRETCH = 1024;

  private static final int STRETCH_OF_LARGE = 16;

  private final WrittenColumn column;
  private final WriteOptions options;
  private final LevelEncoder levels;
  private final ValueEncoder values;
  private final PageBytes body = new PageBytes();
  private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
  private final ChunkMetadata metadata;
  private byte[] dictionaryPage = new byte[0];
  private boolean dictionaryUsed;
  private int pageRows;

  ChunkWriter(WrittenColumn column, WriteOptions options) {
    this.column = column;
    this.options = options;
    this.levels = new LevelEncoder(column);
    this.values = ValueEncoder.of(column, options.dictionaryBytes() > 0);
    this.metadata = new ChunkMetadata(column, options.compression().codec());
  }

  /**
   * @param vector the column, or null if it has no values
   * @param struct rows in which the struct around the column is present, null if in all
   */
  void append(Vector vector, long[] struct, int from, int to) throws IOException {
    boolean large = column.column().list() || column.column().type().storage() == Storage.BINARY;
    int stretch = large && vector != null ? STRETCH_OF_LARGE : STRETCH;
    for (int row = from, end; row < to; row = end) {
      end = Math.min(to, row + Math.min(stretch, options.pageRows() - pageRows));
      levels.add(vector, struct, row, end);
      if (vector instanceof ListVector lists) {
        values.add(lists.elements(), lists.start(row), lists.start(end));
      } else if (vector != null) {
        values.add(vector, row, end);
      }
      pageRows += end - row;
      boolean dictionaryFull =
          values.hasDictionary() && values.dictionaryBytes() > options.dictionaryBytes();
      long bytes = values.hasDictionary() ? 2L * values.values() : values.plainBytes();
      if (pageRows == options.pageRows() || bytes >= options.pageBytes() || dictionaryFull) {
        finishPage(dictionaryFull);
      }
    }
  }

  /** Bytes in memory. */
  long buffered() {
    return pages.size() + values.plainBytes();
  }

  /** Writes the chunk; to be called once. */
  ChunkMetadata writeTo(WritableOutput out) throws IOException {
    if (pageRows > 0) {
      finishPage(false);
    }
    if (dictionaryUsed && values.hasDictionary()) {
      finishDictionary();
    }
    long start = out.position();
    out.write(dictionaryPage, 0, dictionaryPage.length);
    pages.writeTo(out);
    metadata.at(start, dictionaryPage.length, pages.size());
    return metadata;
  }

  private void finishPage(boolean dictionaryFull) throws IOException {
    body.clear();
    boolean v2 = options.dataPageV2();
    levels.repetitions(body, !v2);
    int repetitionBytes = body.size();
    levels.definitions(body, !v2);
    int levelBytes = body.size();
    boolean drop = dictionaryFull;
    Encoding encoding = Encoding.PLAIN;
    if (values.hasDictionary() && values.values() > 0) {
      values.ids(body);
      long encoded = (long) body.size() - levelBytes + values.dictionaryBytes();
      if (dictionaryUsed || encoded < values.plainBytes()) {
        encoding = Encoding.RLE_DICTIONARY;
        dictionaryUsed = true;
      } else {
        body.truncate(levelBytes);
        drop = true;
      }
    }
    if (encoding == Encoding.PLAIN && values.values() > 0) {
      values.plain(body);
    }
    int valuesAt = v2 ? levelBytes : 0;
    var compressed =
        options
            .compression()
            .compress(body.array(), valuesAt, body.size(), options.compressionLevel());
    PageHeader header =
        new PageHeader(
            v2 ? PageType.DATA_PAGE_V2 : PageType.DATA_PAGE,
            body.size(),
            valuesAt + compressed.size());
    if (v2) {
      DataPageHeaderV2 page =
          new DataPageHeaderV2(
              levels.levels(),
              levels.nulls(),
              pageRows,
              encoding,
              levelBytes - repetitionBytes,
              repetitionBytes);
      page.setIs_compressed(options.compression() != WriteCompression.UNCOMPRESSED);
      header.setData_page_header_v2(page);
    } else {
      header.setData_page_header(
          new DataPageHeader(levels.levels(), encoding, Encoding.RLE, Encoding.RLE));
    }
    header.setCrc(checksum(valuesAt, compressed));
    int at = pages.size();
    Util.writePageHeader(header, pages);
    int headerBytes = pages.size() - at;
    pages.write(body.array(), 0, valuesAt);
    pages.write(compressed.bytes(), compressed.from(), compressed.size());
    Statistics<?> statistics = Statistics.createStats(column.primitive());
    boolean comparable = values.statistics(statistics);
    statistics.incrementNumNulls(levels.nulls());
    metadata.page(
        header.getType(),
        encoding,
        at,
        pages.size() - at,
        headerBytes + body.size(),
        pageRows,
        levels.levels());
    metadata.statistics(statistics, comparable);
    levels.clear();
    values.clear();
    pageRows = 0;
    if (drop) {
      if (dictionaryUsed) {
        finishDictionary();
      }
      values.dropDictionary();
    }
  }

  /** Of a page as it is written: uncompressed levels of the body, then the rest. */
  private int checksum(int levelBytes, WriteCompression.Compressed compressed) {
    CRC32 sum = new CRC32();
    sum.update(body.array(), 0, levelBytes);
    sum.update(compressed.bytes(), compressed.from(), compressed.size());
    return (int) sum.getValue();
  }

  private void finishDictionary() throws IOException {
    body.clear();
    values.dictionary(body);
    var compressed =
        options.compression().compress(body.array(), 0, body.size(), options.compressionLevel());
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, body.size(), compressed.size());
    header.setDictionary_page_header(new DictionaryPageHeader(values.entries(), Encoding.PLAIN));
    header.setCrc(checksum(0, compressed));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writePageHeader(header, out);
    metadata.dictionary(out.size() + body.size());
    out.write(compressed.bytes(), compressed.from(), compressed.size());
    dictionaryPage = out.toByteArray();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import shaded.parquet.org.apache.thrift.TBase;

/** The page index of a column chunk: where its pages are, and what they hold. */
final class PageIndex {

  private PageIndex() {}

  /** Pages by position and first row, checked; null if the chunk has no such index. */
  static List<PageLocation> locations(PageFile in, ColumnChunk chunk, long rows)
      throws IOException {
    if (!chunk.isSetOffset_index_offset() || !chunk.isSetOffset_index_length()) {
      return null;
    }
    OffsetIndex index = new OffsetIndex();
    read(in, chunk.getOffset_index_offset(), chunk.getOffset_index_length(), index);
    ColumnMetaData meta = chunk.getMeta_data();
    long start = FooterCheck.start(meta);
    long end = start + meta.getTotal_compressed_size();
    long nextOffset = start;
    long nextRow = 0;
    List<PageLocation> pages = index.getPage_locations();
    if (pages == null || pages.isEmpty() || pages.get(0).getFirst_row_index() != 0) {
      throw OtapException.of(CORRUPT, "the offset index does not begin at row 0");
    }
    for (PageLocation page : pages) {
      if (page.getFirst_row_index() < nextRow
          || page.getFirst_row_index() >= rows
          || page.getOffset() < nextOffset
          || page.getOffset() >= end) {
        throw OtapException.of(
            CORRUPT,
            "the offset index has a page at "
                + page.getOffset()
                + " from row "
                + page.getFirst_row_index()
                + " on, which does not fit in its column chunk; write the file again");
      }
      nextRow = page.getFirst_row_index() + 1;
      nextOffset = page.getOffset() + 1;
    }
    return pages;
  }

  /** Smallest and largest values by page; null if the chunk has no such index. */
  static ColumnIndex values(PageFile in, ColumnChunk chunk, int pages) throws IOException {
    if (!chunk.isSetColumn_index_offset() || !chunk.isSetColumn_index_length()) {
      return null;
    }
    ColumnIndex index = new ColumnIndex();
    read(in, chunk.getColumn_index_offset(), chunk.getColumn_index_length(), index);
    if (index.getNull_pagesSize() != pages
        || index.getMin_valuesSize() != pages
        || index.getMax_valuesSize() != pages) {
      throw OtapException.of(
          CORRUPT, "the column index does not have the " + pages + " pages of the offset index");
    }
    return index;
  }

  private static void read(PageFile in, long offset, int length, TBase<?, ?> target)
      throws IOException {
    if (offset < 4 || length <= 0 || offset > in.length() - length) {
      throw OtapException.of(
          CORRUPT, "a page index of " + length + " bytes at " + offset + " is not in the file");
    }
    byte[] bytes = new byte[length];
    in.readFully(offset, bytes, 0, length);
    ThriftStructures.read(target, bytes, 0, length, "page index");
  }
}

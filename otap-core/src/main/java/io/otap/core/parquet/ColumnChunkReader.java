/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;

/** Reads the pages of one column chunk in order, one at a time. */
final class ColumnChunkReader {

  private static final int HEADER = 4 * 1024;
  private static final int MAX_HEADER = 16 * 1024 * 1024;

  private final PageFile file;
  private final Leaf leaf;
  private final ColumnChunk chunk;
  private final long rows;
  private final long start;
  private final ChunkInput in;
  private final PageDecoder decoder;

  /** Row of the next page in the row group. Not kept for lists, whose pages do not tell. */
  private long row;

  private long values;
  private boolean jumped;

  /** End of what was jumped over in front of the first data page, which can be a dictionary. */
  private long dictionaryEnd;

  ColumnChunkReader(PageFile file, Leaf leaf, ColumnChunk chunk, long rows) throws IOException {
    this.file = file;
    this.leaf = leaf;
    this.chunk = chunk;
    this.rows = rows;
    ColumnMetaData meta = chunk.getMeta_data();
    this.start = FooterCheck.start(meta);
    this.in = new ChunkInput(file, start, start + meta.getTotal_compressed_size());
    this.decoder = new PageDecoder(leaf, meta, file.decompressor());
  }

  /**
   * Goes forward to the last page known to begin at or before a row of the row group.
   *
   * @param end row of the row group behind the last that is needed; nothing is read ahead of it
   * @return row at which the next page begins
   */
  long jump(long target, long end) throws IOException {
    List<PageLocation> pages =
        target > 0 || end < rows ? PageIndex.locations(file, chunk, rows) : null;
    if (pages == null) {
      return 0;
    }
    int first = page(pages, target);
    if (first > 0) {
      dictionaryEnd = pages.get(0).getOffset();
      in.seek(pages.get(first).getOffset());
      row = pages.get(first).getFirst_row_index();
      jumped = true;
    }
    int behind = page(pages, end - 1) + 1;
    in.aheadTo(behind < pages.size() ? pages.get(behind).getOffset() : in.end());
    return row;
  }

  /** The page that has a row. */
  private static int page(List<PageLocation> pages, long target) {
    int low = 0;
    int high = pages.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pages.get(middle).getFirst_row_index() <= target) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Reads the dictionary that was jumped over, once a page needs it. */
  private void readDictionary(PageHeader page) throws IOException {
    Encoding encoding =
        page.getData_page_header() != null
            ? page.getData_page_header().getEncoding()
            : page.getData_page_header_v2().getEncoding();
    boolean needed = encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
    if (needed) {
      readDictionary(dictionaryEnd);
      dictionaryEnd = start;
    }
  }

  /** The dictionary, and nothing behind it; null if the chunk does not begin with one. */
  Dictionary dictionary() throws IOException {
    readDictionary(chunk.getMeta_data().getData_page_offset());
    return decoder.dictionary();
  }

  private void readDictionary(long end) throws IOException {
    if (end <= start) {
      return;
    }
    ChunkInput first = new ChunkInput(file, start, end);
    PageHeader header = header(first);
    if (header.getType() == PageType.DICTIONARY_PAGE) {
      require(first, header);
      decoder.dictionary(header, first.buffer(), first.from());
    }
  }

  /**
   * The next page that does not end at or before a row of the row group, as far as its header says.
   * It is valid until the next call.
   *
   * @return null behind the last page
   */
  DataPage next(long target) throws IOException {
    while (!atEnd()) {
      PageHeader header = header(in);
      int size = header.getCompressed_page_size();
      if (size < 0 || header.getType() == null) {
        throw OtapException.of(CORRUPT, "a page header has no type or a negative size");
      }
      switch (header.getType()) {
        case DICTIONARY_PAGE -> {
          require(in, header);
          decoder.dictionary(header, in.buffer(), in.from());
        }
        case DATA_PAGE, DATA_PAGE_V2 -> {
          int count = count(header);
          if (leaf.maxRepetition() == 0 && row + count <= target) {
            row += count;
          } else {
            readDictionary(header);
            require(in, header);
            DataPage page =
                header.getData_page_header() != null
                    ? decoder.v1(header, in.buffer(), in.from())
                    : decoder.v2(header, in.buffer(), in.from());
            row += count;
            in.skip(size);
            return page;
          }
        }
        default -> {}
      }
      if (size > in.remaining()) {
        in.require(size);
      }
      in.skip(size);
    }
    return null;
  }

  /** Row behind the page that {@link #next} returned last. */
  long row() {
    return row;
  }

  private boolean atEnd() throws IOException {
    if (leaf.maxRepetition() > 0) {
      return in.remaining() == 0 || !jumped && values >= chunk.getMeta_data().getNum_values();
    }
    if (row < rows && in.remaining() == 0) {
      throw OtapException.of(
          CORRUPT,
          "the column chunk ends after " + row + " of " + rows + " rows; copy the file again");
    }
    return row >= rows;
  }

  private int count(PageHeader header) throws IOException {
    if (header.getData_page_header() == null && header.getData_page_header_v2() == null) {
      throw OtapException.of(CORRUPT, "a data page has no header of its kind");
    }
    int count =
        header.getData_page_header() != null
            ? header.getData_page_header().getNum_values()
            : header.getData_page_header_v2().getNum_values();
    values += count;
    if (count < 0
        || leaf.maxRepetition() == 0 && count > rows - row
        || values > chunk.getMeta_data().getNum_values()) {
      throw OtapException.of(
          CORRUPT,
          "a page has "
              + count
              + " values, more than its column chunk has left; copy the file"
              + " again");
    }
    return count;
  }

  /** Makes the bytes of a page available, and compares them with its checksum if it has one. */
  private static void require(ChunkInput in, PageHeader header) throws IOException {
    int size = header.getCompressed_page_size();
    in.require(size);
    if (header.isSetCrc()) {
      CRC32 sum = new CRC32();
      sum.update(in.buffer(), in.from(), size);
      if ((int) sum.getValue() != header.getCrc()) {
        throw OtapException.of(
            CORRUPT,
            "a page of "
                + size
                + " bytes does not have the checksum that its header says; copy the file again");
      }
    }
  }

  private static PageHeader header(ChunkInput in) throws IOException {
    for (long window = HEADER; ; window *= 8) {
      int length = (int) Math.min(Math.max(window, in.available()), in.remaining());
      in.require(length);
      PageHeader header = new PageHeader();
      int limit = (int) Math.min(in.remaining(), MAX_HEADER);
      int taken =
          ThriftStructures.tryRead(
              header, in.buffer(), in.from(), length, Math.max(length, limit), "page header");
      if (taken > 0) {
        in.skip(taken);
        return header;
      }
      if (length == in.remaining() || length >= MAX_HEADER) {
        throw OtapException.of(
            CORRUPT, "a page header does not end within its column chunk; copy the file again");
      }
    }
  }
}

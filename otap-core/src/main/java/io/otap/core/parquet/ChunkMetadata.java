/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** What footer and indexes say about a chunk. */
final class ChunkMetadata {

  /** Longer strings are shortened in statistics: down in the smallest, up in the largest. */
  private static final int STATISTICS_BYTES = 64;

  private final WrittenColumn column;
  private final CompressionCodec codec;
  private final Set<Encoding> encodings = EnumSet.of(Encoding.RLE);
  private final List<PageEncodingStats> pages = new ArrayList<>();
  private final List<PageLocation> locations = new ArrayList<>();
  private final ColumnIndexBuilder index;
  private final Statistics<?> statistics;
  private boolean indexed = true;
  private long rows;
  private long levels;
  private long uncompressed;
  private ColumnChunk chunk;

  ChunkMetadata(WrittenColumn column, CompressionCodec codec) {
    this.column = column;
    this.codec = codec;
    this.index = ColumnIndexBuilder.getBuilder(column.primitive(), STATISTICS_BYTES);
    this.statistics = Statistics.createStats(column.primitive());
  }

  void dictionary(int uncompressedBytes) {
    uncompressed += uncompressedBytes;
    count(PageType.DICTIONARY_PAGE, Encoding.PLAIN);
  }

  private void count(PageType type, Encoding encoding) {
    encodings.add(encoding);
    for (PageEncodingStats counted : pages) {
      if (counted.getPage_type() == type && counted.getEncoding() == encoding) {
        counted.setCount(counted.getCount() + 1);
        return;
      }
    }
    pages.add(new PageEncodingStats(type, encoding, 1));
  }

  /**
   * @param at position from the first data page on
   */
  void page(
      PageType type,
      Encoding encoding,
      int at,
      int bytes,
      int uncompressedBytes,
      int pageRows,
      int pageLevels) {
    count(type, encoding);
    locations.add(new PageLocation(at, bytes, rows));
    rows += pageRows;
    levels += pageLevels;
    uncompressed += uncompressedBytes;
  }

  /**
   * @param comparable false if the page has values but none in the statistics: the format then
   *     allows no column index
   */
  void statistics(Statistics<?> page, boolean comparable) {
    indexed &= comparable;
    index.add(page);
    statistics.mergeStatistics(page);
  }

  void at(long start, int dictionaryBytes, int dataBytes) {
    locations.forEach(l -> l.setOffset(l.getOffset() + start + dictionaryBytes));
    ColumnMetaData meta =
        new ColumnMetaData(
            SchemaElements.physical(column.primitive()),
            List.copyOf(encodings),
            column.path(),
            codec,
            levels,
            uncompressed,
            dictionaryBytes + dataBytes,
            start + dictionaryBytes);
    if (dictionaryBytes > 0) {
      meta.setDictionary_page_offset(start);
    }
    meta.setEncoding_stats(pages);
    meta.setStatistics(formatted());
    chunk = new ColumnChunk(0);
    chunk.setMeta_data(meta);
  }

  ColumnChunk chunk() {
    return chunk;
  }

  long uncompressedBytes() {
    return uncompressed;
  }

  void writeColumnIndex(WritableOutput out) throws IOException {
    var built = indexed ? index.build() : null;
    if (built == null) {
      return;
    }
    ColumnIndex formatted =
        new ColumnIndex(
            built.getNullPages(),
            built.getMinValues(),
            built.getMaxValues(),
            BoundaryOrder.valueOf(built.getBoundaryOrder().name()));
    formatted.setNull_counts(built.getNullCounts());
    long position = out.position();
    Util.writeColumnIndex(formatted, out);
    chunk.setColumn_index_offset(position);
    chunk.setColumn_index_length((int) (out.position() - position));
  }

  void writeOffsetIndex(WritableOutput out) throws IOException {
    long position = out.position();
    Util.writeOffsetIndex(new OffsetIndex(locations), out);
    chunk.setOffset_index_offset(position);
    chunk.setOffset_index_length((int) (out.position() - position));
  }

  private org.apache.parquet.format.Statistics formatted() {
    var out = new org.apache.parquet.format.Statistics();
    out.setNull_count(statistics.getNumNulls());
    if (!statistics.hasNonNullValue()) {
      return out;
    }
    byte[] min = statistics.getMinBytes();
    byte[] max = statistics.getMaxBytes();
    byte[] shortMin = min;
    byte[] shortMax = max;
    if (column.primitive().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
      BinaryTruncator truncator = BinaryTruncator.getTruncator(column.primitive());
      shortMin =
          truncator.truncateMin(Binary.fromConstantByteArray(min), STATISTICS_BYTES).getBytes();
      shortMax =
          truncator.truncateMax(Binary.fromConstantByteArray(max), STATISTICS_BYTES).getBytes();
    }
    out.setMin_value(shortMin);
    out.setMax_value(shortMax);
    out.setIs_min_value_exact(shortMin.length == min.length);
    out.setIs_max_value_exact(shortMax.length == max.length);
    return out;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.xerial.snappy.Snappy;

/**
 * Writes files with the encoders of Apache Parquet, which know nothing of the reader under test.
 */
final class ApacheWriter {

  /** Writes the rows of a row group to the columns. */
  interface Rows {
    void write(ColumnWriteStore store) throws IOException;
  }

  private final MessageType schema;
  private final MessageType declared;
  private final ParquetProperties properties;
  private final CompressionCodec codec;
  private final boolean index;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<RowGroup> groups = new ArrayList<>();
  private final Map<ColumnChunk, OffsetIndex> indexes = new LinkedHashMap<>();
  private long rows;

  ApacheWriter(
      MessageType schema, ParquetProperties properties, CompressionCodec codec, boolean index) {
    this(schema, schema, properties, codec, index);
  }

  /**
   * @param declared what the footer says, which need not be how pages are written
   */
  ApacheWriter(
      MessageType schema,
      MessageType declared,
      ParquetProperties properties,
      CompressionCodec codec,
      boolean index) {
    this.schema = schema;
    this.declared = declared;
    this.properties = properties;
    this.codec = codec;
    this.index = index;
    out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
  }

  void rowGroup(int count, Rows values) throws IOException {
    Map<ColumnDescriptor, Pages> chunks = new LinkedHashMap<>();
    ColumnWriteStore store =
        properties.newColumnWriteStore(
            schema, column -> chunks.computeIfAbsent(column, c -> new Pages()));
    values.write(store);
    store.flush();
    List<ColumnChunk> columns = new ArrayList<>();
    for (ColumnDescriptor column : schema.getColumns()) {
      columns.add(chunks.get(column).write(declared.getColumnDescription(column.getPath())));
    }
    store.close();
    groups.add(new RowGroup(columns, 0, count));
    rows += count;
  }

  byte[] finish() throws IOException {
    for (Map.Entry<ColumnChunk, OffsetIndex> entry : indexes.entrySet()) {
      int at = out.size();
      Util.writeOffsetIndex(entry.getValue(), out);
      entry.getKey().setOffset_index_offset(at);
      entry.getKey().setOffset_index_length(out.size() - at);
    }
    List<SchemaElement> elements = new ArrayList<>();
    element(declared, elements);
    FileMetaData meta = new FileMetaData(1, elements, rows, groups);
    meta.setColumn_orders(
        Collections.nCopies(
            schema.getColumns().size(), ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
    int at = out.size();
    Util.writeFileMetaData(meta, out);
    byte[] length = new byte[4];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putInt(out.size() - at);
    out.writeBytes(length);
    out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void element(Type type, List<SchemaElement> elements) {
    SchemaElement element = new SchemaElement(type.getName());
    elements.add(element);
    element.setRepetition_type(FieldRepetitionType.valueOf(type.getRepetition().name()));
    if (type.getOriginalType() != null) {
      element.setConverted_type(ConvertedType.valueOf(type.getOriginalType().name()));
    }
    if (type instanceof GroupType group) {
      element.setNum_children(group.getFieldCount());
      group.getFields().forEach(f -> element(f, elements));
    } else {
      element.setType(type(type.asPrimitiveType().getPrimitiveTypeName().name()));
      element.setType_length(type.asPrimitiveType().getTypeLength());
    }
  }

  private static org.apache.parquet.format.Type type(String name) {
    return org.apache.parquet.format.Type.valueOf(name.equals("BINARY") ? "BYTE_ARRAY" : name);
  }

  static byte[] compress(CompressionCodec codec, byte[] bytes) throws IOException {
    return switch (codec) {
      case SNAPPY -> Snappy.compress(bytes);
      case ZSTD -> Zstd.compress(bytes);
      case LZ4_RAW -> LZ4Factory.fastestInstance().fastCompressor().compress(bytes);
      case GZIP -> {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
          gzip.write(bytes);
        }
        yield zipped.toByteArray();
      }
      default -> bytes;
    };
  }

  private final class Pages implements PageWriter {

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
    private final List<PageLocation> locations = new ArrayList<>();
    private Statistics<?> statistics;
    private long values;
    private long firstRow;
    private long plain;

    private void page(PageHeader header, byte[] levels, byte[] body, int rowCount)
        throws IOException {
      byte[] compressed = compress(codec, body);
      header.setUncompressed_page_size(levels.length + body.length);
      header.setCompressed_page_size(levels.length + compressed.length);
      ByteArrayOutputStream target =
          header.getType() == PageType.DICTIONARY_PAGE ? dictionary : data;
      int at = target.size();
      Util.writePageHeader(header, target);
      plain += target.size() - at + levels.length + body.length;
      target.writeBytes(levels);
      target.writeBytes(compressed);
      if (target == data) {
        locations.add(new PageLocation(at, target.size() - at, firstRow));
        firstRow += rowCount;
      }
    }

    private ColumnChunk write(ColumnDescriptor column) {
      int start = out.size();
      out.writeBytes(dictionary.toByteArray());
      int dataStart = out.size();
      out.writeBytes(data.toByteArray());
      ColumnMetaData meta =
          new ColumnMetaData(
              type(column.getPrimitiveType().getPrimitiveTypeName().name()),
              List.of(),
              Arrays.asList(column.getPath()),
              codec,
              values,
              plain,
              out.size() - start,
              dataStart);
      if (dataStart > start) {
        meta.setDictionary_page_offset(start);
      }
      meta.setStatistics(statistics());
      ColumnChunk chunk = new ColumnChunk(0);
      chunk.setMeta_data(meta);
      if (index) {
        locations.forEach(l -> l.setOffset(l.getOffset() + dataStart));
        indexes.put(chunk, new OffsetIndex(locations));
      }
      return chunk;
    }

    private void merge(Statistics<?> page) {
      if (statistics == null) {
        statistics = page.copy();
      } else {
        statistics.mergeStatistics(page);
      }
    }

    private org.apache.parquet.format.Statistics statistics() {
      var out = new org.apache.parquet.format.Statistics();
      if (statistics == null) {
        return out;
      }
      out.setNull_count(statistics.getNumNulls());
      if (statistics.hasNonNullValue()) {
        out.setMin_value(statistics.getMinBytes());
        out.setMax_value(statistics.getMaxBytes());
      }
      return out;
    }

    private org.apache.parquet.format.Encoding encoding(Encoding encoding) {
      return org.apache.parquet.format.Encoding.valueOf(encoding.name());
    }

    @Override
    public void writePage(
        BytesInput bytes, int count, Statistics<?> s, Encoding rl, Encoding dl, Encoding encoding) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writePage(
        BytesInput bytes,
        int count,
        int rowCount,
        Statistics<?> s,
        SizeStatistics z,
        GeospatialStatistics g,
        Encoding rl,
        Encoding dl,
        Encoding encoding)
        throws IOException {
      writePage(bytes, count, rowCount, s, rl, dl, encoding);
    }

    @Override
    public void writePage(
        BytesInput bytes,
        int count,
        int rowCount,
        Statistics<?> s,
        Encoding rl,
        Encoding dl,
        Encoding encoding)
        throws IOException {
      PageHeader header = new PageHeader(PageType.DATA_PAGE, 0, 0);
      header.setData_page_header(
          new DataPageHeader(
              count,
              encoding(encoding),
              org.apache.parquet.format.Encoding.RLE,
              org.apache.parquet.format.Encoding.RLE));
      values += count;
      merge(s);
      page(header, new byte[0], bytes.toByteArray(), rowCount);
    }

    @Override
    public void writePageV2(
        int rowCount,
        int nulls,
        int count,
        BytesInput rl,
        BytesInput dl,
        Encoding encoding,
        BytesInput bytes,
        Statistics<?> s,
        SizeStatistics z,
        GeospatialStatistics g)
        throws IOException {
      writePageV2(rowCount, nulls, count, rl, dl, encoding, bytes, s);
    }

    @Override
    public void writePageV2(
        int rowCount,
        int nulls,
        int count,
        BytesInput rl,
        BytesInput dl,
        Encoding encoding,
        BytesInput bytes,
        Statistics<?> s)
        throws IOException {
      PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, 0, 0);
      DataPageHeaderV2 page =
          new DataPageHeaderV2(
              count, nulls, rowCount, encoding(encoding), (int) dl.size(), (int) rl.size());
      page.setIs_compressed(codec != CompressionCodec.UNCOMPRESSED);
      header.setData_page_header_v2(page);
      values += count;
      merge(s);
      page(header, BytesInput.concat(rl, dl).toByteArray(), bytes.toByteArray(), rowCount);
    }

    @Override
    public void writeDictionaryPage(DictionaryPage page) throws IOException {
      PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, 0, 0);
      header.setDictionary_page_header(
          new DictionaryPageHeader(page.getDictionarySize(), encoding(page.getEncoding())));
      page(header, new byte[0], page.getBytes().toByteArray(), 0);
    }

    @Override
    public long getMemSize() {
      return data.size();
    }

    @Override
    public long allocatedSize() {
      return data.size();
    }

    @Override
    public String memUsageString(String prefix) {
      return prefix;
    }
  }
}

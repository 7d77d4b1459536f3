/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Reads uncompressed files with the decoders of Apache Parquet, value by value, as an oracle. */
final class ApacheReader {

  private final byte[] file;
  private final FileMetaData meta;
  private final MessageType schema;

  ApacheReader(byte[] file) throws IOException {
    this.file = file;
    int size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    this.meta = Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - size, size));
    Iterator<SchemaElement> elements = meta.getSchema().iterator();
    SchemaElement root = elements.next();
    this.schema = new MessageType(root.getName(), fields(root, elements));
  }

  private static List<Type> fields(SchemaElement group, Iterator<SchemaElement> elements) {
    List<Type> fields = new ArrayList<>();
    for (int i = 0; i < group.getNum_children(); i++) {
      SchemaElement element = elements.next();
      Repetition repetition = Repetition.valueOf(element.getRepetition_type().name());
      if (element.getNum_children() > 0) {
        fields.add(new GroupType(repetition, element.getName(), fields(element, elements)));
      } else {
        String type = element.getType().name();
        fields.add(
            new PrimitiveType(
                repetition,
                PrimitiveTypeName.valueOf(type.equals("BYTE_ARRAY") ? "BINARY" : type),
                element.getType_length(),
                element.getName()));
      }
    }
    return fields;
  }

  /**
   * The values of a column row by row.
   *
   * @param listDefinition definition level of an empty list, or -1 if the column has none
   */
  List<Object> values(int index, int listDefinition) throws IOException {
    List<Object> rows = new ArrayList<>();
    ColumnDescriptor column = schema.getColumns().get(index);
    for (RowGroup group : meta.getRow_groups()) {
      ColumnReaderImpl reader =
          new ColumnReaderImpl(
              column,
              pages(group.getColumns().get(index).getMeta_data()),
              new PrimitiveConverter() {},
              new ParsedVersion("parquet-rs", "59", null));
      for (long i = reader.getTotalValueCount(); i > 0; i--) {
        int definition = reader.getCurrentDefinitionLevel();
        Object value = definition == column.getMaxDefinitionLevel() ? value(reader, column) : null;
        if (listDefinition < 0) {
          rows.add(value);
        } else {
          add(rows, reader.getCurrentRepetitionLevel(), definition, listDefinition, value);
        }
        reader.consume();
      }
    }
    return rows;
  }

  @SuppressWarnings("unchecked")
  private static void add(
      List<Object> rows, int repetition, int definition, int listDefinition, Object value) {
    if (repetition == 0) {
      rows.add(definition < listDefinition ? null : new ArrayList<>());
    }
    if (value != null) {
      ((List<Object>) rows.get(rows.size() - 1)).add(value);
    }
  }

  private static Object value(ColumnReaderImpl reader, ColumnDescriptor column) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> reader.getInteger();
      case INT64 -> reader.getLong();
      case DOUBLE -> reader.getDouble();
      case BOOLEAN -> reader.getBoolean() ? 1 : 0;
      default -> ByteBuffer.wrap(reader.getBinary().getBytes());
    };
  }

  private PageReader pages(ColumnMetaData chunk) throws IOException {
    long start =
        chunk.isSetDictionary_page_offset()
            ? chunk.getDictionary_page_offset()
            : chunk.getData_page_offset();
    ByteArrayInputStream in =
        new ByteArrayInputStream(file, (int) start, (int) chunk.getTotal_compressed_size());
    List<DataPage> pages = new ArrayList<>();
    DictionaryPage[] dictionary = new DictionaryPage[1];
    while (in.available() > 0) {
      PageHeader header = Util.readPageHeader(in);
      BytesInput bytes = BytesInput.from(in.readNBytes(header.getCompressed_page_size()));
      if (header.getType() == PageType.DICTIONARY_PAGE) {
        int size = header.getDictionary_page_header().getNum_values();
        dictionary[0] = new DictionaryPage(bytes, size, Encoding.PLAIN);
      } else {
        DataPageHeader page = header.getData_page_header();
        pages.add(
            new DataPageV1(
                bytes,
                page.getNum_values(),
                header.getUncompressed_page_size(),
                null,
                Encoding.RLE,
                Encoding.RLE,
                Encoding.valueOf(page.getEncoding().name())));
      }
    }
    Iterator<DataPage> next = pages.iterator();
    return new PageReader() {
      @Override
      public DictionaryPage readDictionaryPage() {
        return dictionary[0];
      }

      @Override
      public long getTotalValueCount() {
        return chunk.getNum_values();
      }

      @Override
      public DataPage readPage() {
        return next.hasNext() ? next.next() : null;
      }
    };
  }
}

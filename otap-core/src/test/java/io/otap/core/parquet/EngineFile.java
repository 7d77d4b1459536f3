/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * A file as today's exporter of the engine writes it, defects included, with the encoders of Apache
 * Parquet: the schema is that of the first batch (see {@link EngineSchema}), and absent values of
 * later batches turn into defaults in what it made REQUIRED.
 */
public final class EngineFile {

  private final PayloadType type;
  private final EngineSchema schema;
  private final List<OtapTable> batches = new ArrayList<>();
  private int rows;

  public EngineFile(PayloadType type, OtapTable first, Random random) {
    this.type = type;
    this.schema = new EngineSchema(type, first, random);
  }

  /** Whether the exporter survives appending this batch. */
  public boolean accepts(OtapTable batch) {
    return schema.accepts(batch);
  }

  public void add(OtapTable batch) {
    batches.add(batch);
    rows += batch.rows();
  }

  public int rows() {
    return rows;
  }

  /** The bytes, with pages, encodings, codec and row groups at random. */
  public byte[] finish(Random random) throws IOException {
    ParquetProperties.Builder properties =
        ParquetProperties.builder()
            .withPageSize(random.nextBoolean() ? 1 << 20 : 64 + random.nextInt(2000))
            .withPageRowCountLimit(1 + random.nextInt(random.nextBoolean() ? 20 : 20_000))
            .withMinRowCountForPageSizeCheck(1)
            .withDictionaryEncoding(random.nextInt(4) > 0)
            .withDictionaryPageSize(random.nextBoolean() ? 1 << 20 : 100)
            .withWriterVersion(
                random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0);
    if (schema.isPrefixed()) {
      properties.withValuesWriterFactory(new DefaultV1ValuesWriterFactory());
    }
    CompressionCodec[] codecs = {
      CompressionCodec.UNCOMPRESSED,
      CompressionCodec.UNCOMPRESSED,
      CompressionCodec.SNAPPY,
      CompressionCodec.GZIP,
      CompressionCodec.LZ4_RAW,
      CompressionCodec.ZSTD
    };
    ApacheWriter writer =
        new ApacheWriter(
            schema.written(),
            schema.declared(),
            properties.build(),
            codecs[random.nextInt(codecs.length)],
            random.nextBoolean());
    int groupRows = random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(rows);
    int[] position = {0, 0};
    for (int from = 0; from < rows; from += groupRows) {
      int count = Math.min(groupRows, rows - from);
      writer.rowGroup(count, store -> rows(store, count, position));
    }
    return writer.finish();
  }

  /**
   * @param position batch and row, moved on
   */
  private void rows(ColumnWriteStore store, int count, int[] position) {
    for (int i = 0; i < count; i++) {
      while (position[1] == batches.get(position[0]).rows()) {
        position[0]++;
        position[1] = 0;
      }
      OtapTable batch = batches.get(position[0]);
      int row = position[1]++;
      for (Column column : type.columns()) {
        String[] path = schema.path(column);
        if (path != null) {
          ColumnWriter writer = store.getColumnWriter(schema.written().getColumnDescription(path));
          write(writer, batch, column, path, row);
        }
      }
      store.endRecord();
    }
  }

  private void write(ColumnWriter writer, OtapTable batch, Column column, String[] path, int row) {
    MessageType message = schema.written();
    int max = message.getMaxDefinitionLevel(path);
    int outside = column.path().indexOf('.') > 0 && isStruct(batch, column, row) ? 1 : 0;
    Vector vector = batch.vector(column);
    boolean isNull = vector == null || vector.isNull(row);
    if (column.list()) {
      ListVector lists = (ListVector) vector;
      int size = isNull ? 0 : lists.size(row);
      int around = column.topLevel().equals("quantile") ? 0 : outside;
      boolean optional = schema.isOptionalList(column);
      if (size == 0) {
        boolean nullList = isNull && optional;
        writer.writeNull(0, around + (optional && !nullList ? 1 : 0));
      }
      for (int i = 0; i < size; i++) {
        value(writer, lists.elements(), column, lists.start(row) + i, i == 0 ? 0 : 1, max);
      }
    } else if (!isNull) {
      value(writer, vector, column, row, 0, max);
    } else if (max > 0 && !schema.fillsWithZeros(column)) {
      writer.writeNull(0, Math.min(outside, max - 1));
    } else {
      filler(writer, column, path, max);
    }
  }

  private boolean isStruct(OtapTable batch, Column column, int row) {
    for (Column other : type.columns()) {
      Vector vector = batch.vector(other);
      if (other.topLevel().equals(column.topLevel())
          && schema.path(other) != null
          && vector != null
          && !vector.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  private void filler(ColumnWriter writer, Column column, String[] path, int max) {
    switch (schema.written().getType(path).asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> writer.write(false, 0, max);
      case INT32 -> writer.write(0, 0, max);
      case INT64 -> writer.write(0L, 0, max);
      case DOUBLE -> writer.write(0.0, 0, max);
      default ->
          writer.write(Binary.fromConstantByteArray(new byte[column.type().fixedLength()]), 0, max);
    }
  }

  private static void value(
      ColumnWriter writer, Vector vector, Column column, int row, int repetition, int max) {
    if (vector instanceof ByteVector bytes) {
      if (column.type() == ColumnType.BOOL) {
        writer.write(bytes.get(row) != 0, repetition, max);
      } else {
        writer.write(bytes.get(row) & 0xFF, repetition, max);
      }
    } else if (vector instanceof IntVector ints) {
      writer.write(ints.get(row), repetition, max);
    } else if (vector instanceof LongVector longs) {
      writer.write(longs.get(row), repetition, max);
    } else if (vector instanceof DoubleVector doubles) {
      writer.write(doubles.get(row), repetition, max);
    } else {
      writer.write(
          Binary.fromConstantByteArray(((BinaryVector) vector).bytes(row)), repetition, max);
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** A file of random values for every column of a table, and these values. */
final class RandomTable {

  final PayloadType type;
  final Map<Column, List<Object>> values = new HashMap<>();
  private final MessageType schema;
  private final Random random;

  RandomTable(PayloadType type, long seed) {
    this.type = type;
    this.random = new Random(seed);
    this.schema = schema(type);
    type.columns().forEach(c -> values.put(c, new ArrayList<>()));
  }

  byte[] write(ParquetProperties properties, CompressionCodec codec, boolean index, int... groups)
      throws IOException {
    ApacheWriter writer = new ApacheWriter(schema, properties, codec, index);
    for (int rows : groups) {
      writer.rowGroup(rows, store -> rows(store, rows));
    }
    return writer.finish();
  }

  private void rows(ColumnWriteStore store, int rows) {
    for (int row = 0; row < rows; row++) {
      for (Column column : type.columns()) {
        String[] path = path(column);
        int max = schema.getMaxDefinitionLevel(path);
        ColumnWriter writer = store.getColumnWriter(schema.getColumnDescription(path));
        values
            .get(column)
            .add(column.list() ? list(writer, column, max) : flat(writer, column, max));
      }
      store.endRecord();
    }
  }

  private Object flat(ColumnWriter writer, Column column, int max) {
    boolean quiet = column.index() % 3 == 1;
    if (max > 0 && random.nextInt(quiet ? 40 : 4) == 0) {
      writer.writeNull(0, random.nextInt(max));
      return null;
    }
    return value(writer, column, 0, max);
  }

  private Object list(ColumnWriter writer, Column column, int max) {
    int size = random.nextInt(10) == 0 ? -1 : random.nextInt(5);
    if (size <= 0) {
      writer.writeNull(0, size < 0 ? 0 : listLevel(column));
      return size < 0 ? null : List.of();
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(value(writer, column, i == 0 ? 0 : 1, max));
    }
    return elements;
  }

  private static int listLevel(Column column) {
    return column.path().indexOf('.') < 0 || column.path().startsWith("quantile") ? 1 : 2;
  }

  private Object value(ColumnWriter writer, Column column, int repetition, int definition) {
    boolean few = column.index() % 2 == 0;
    long number = few ? random.nextInt(9) : random.nextLong();
    switch (column.type().storage()) {
      case BYTES -> {
        int n = random.nextInt(column.type() == ColumnType.BOOL ? 2 : 8);
        if (column.type() == ColumnType.BOOL) {
          writer.write(n == 1, repetition, definition);
        } else {
          writer.write(n, repetition, definition);
        }
        return (byte) n;
      }
      case INTS -> {
        int n = column.type() == ColumnType.UINT16 ? (char) number : (int) number;
        writer.write(n, repetition, definition);
        return n;
      }
      case LONGS -> {
        writer.write(number, repetition, definition);
        return number;
      }
      case DOUBLES -> {
        writer.write((double) number, repetition, definition);
        return (double) number;
      }
      default -> {
        int fixed = column.type().fixedLength();
        byte[] bytes = new byte[fixed > 0 ? fixed : (int) (number & 31)];
        new Random(number).nextBytes(bytes);
        writer.write(Binary.fromConstantByteArray(bytes), repetition, definition);
        return ByteBuffer.wrap(bytes);
      }
    }
  }

  private static String[] path(Column column) {
    String path = column.path();
    if (column.list()) {
      path =
          column.topLevel().equals("quantile")
              ? "quantile.list.item." + path.substring(path.indexOf('.') + 1)
              : path + ".list.item";
    }
    return path.split("\\.");
  }

  private static MessageType schema(PayloadType type) {
    Map<String, List<Type>> groups = new LinkedHashMap<>();
    List<Type> fields = new ArrayList<>();
    for (Column column : type.columns()) {
      if (column.path().indexOf('.') < 0) {
        fields.add(field(column, column.path()));
      } else {
        String name = column.path().substring(column.path().indexOf('.') + 1);
        groups
            .computeIfAbsent(column.topLevel(), t -> new ArrayList<>())
            .add(
                column.topLevel().equals("quantile")
                    ? primitive(column, Repetition.REQUIRED, name)
                    : field(column, name));
      }
    }
    groups.forEach(
        (name, children) -> {
          Type group =
              Types.buildGroup(Repetition.OPTIONAL)
                  .addFields(children.toArray(Type[]::new))
                  .named(name.equals("quantile") ? "item" : name);
          fields.add(name.equals("quantile") ? list(group, name) : group);
        });
    return new MessageType("schema", fields);
  }

  private static Type field(Column column, String name) {
    return column.list()
        ? list(primitive(column, Repetition.REQUIRED, "item"), name)
        : primitive(
            column,
            column.nulls() == Column.Nulls.REFUSED ? Repetition.REQUIRED : Repetition.OPTIONAL,
            name);
  }

  private static Type list(Type item, String name) {
    return Types.buildGroup(Repetition.OPTIONAL)
        .as(LogicalTypeAnnotation.listType())
        .addField(Types.buildGroup(Repetition.REPEATED).addField(item).named("list"))
        .named(name);
  }

  private static PrimitiveType primitive(Column column, Repetition repetition, String name) {
    return switch (column.type()) {
      case BOOL -> Types.primitive(BOOLEAN, repetition).named(name);
      case UINT8, UINT16, UINT32 ->
          Types.primitive(INT32, repetition)
              .as(
                  LogicalTypeAnnotation.intType(
                      Integer.parseInt(column.type().name().substring(4)), false))
              .named(name);
      case INT32 -> Types.primitive(INT32, repetition).named(name);
      case INT64, UINT64, TIMESTAMP, DURATION -> Types.primitive(INT64, repetition).named(name);
      case FLOAT64 -> Types.primitive(DOUBLE, repetition).named(name);
      case UTF8 ->
          Types.primitive(BINARY, repetition).as(LogicalTypeAnnotation.stringType()).named(name);
      case BINARY -> Types.primitive(BINARY, repetition).named(name);
      case FIXED8, FIXED16 ->
          Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
              .length(column.type().fixedLength())
              .named(name);
    };
  }
}

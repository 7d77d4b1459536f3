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
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The schema of a table's files: every column of the model, in the exporter's layout (structs as
 * groups, lists of three levels named list and item), ids with 32 bits because they count in the
 * whole sequence. Only what the model refuses as null is REQUIRED.
 */
final class WrittenSchema {

  /** The struct that is the item of a list. */
  private static final String QUANTILES = "quantile";

  private final MessageType message;
  private final List<WrittenColumn> columns = new ArrayList<>();

  WrittenSchema(PayloadType type) {
    Map<String, List<Type>> groups = new LinkedHashMap<>();
    List<Type> fields = new ArrayList<>();
    for (Column column : type.columns()) {
      String path = column.path();
      int dot = path.indexOf('.');
      if (dot < 0) {
        fields.add(field(column, path));
        continue;
      }
      String name = path.substring(dot + 1);
      List<Type> group = groups.get(column.topLevel());
      if (group == null) {
        group = new ArrayList<>();
        groups.put(column.topLevel(), group);
        fields.add(null);
      }
      group.add(
          column.topLevel().equals(QUANTILES)
              ? primitive(column, Repetition.REQUIRED, name)
              : field(column, name));
    }
    groups.forEach((name, members) -> fields.set(fields.indexOf(null), group(name, members)));
    this.message = new MessageType(type.folder(), fields);
    for (Column column : type.columns()) {
      columns.add(new WrittenColumn(column, message, path(column)));
    }
  }

  MessageType message() {
    return message;
  }

  /** One for each column of the model, in its order, which is that of the leaves. */
  List<WrittenColumn> columns() {
    return columns;
  }

  private static Type group(String name, List<Type> members) {
    if (!name.equals(QUANTILES)) {
      return new GroupType(Repetition.OPTIONAL, name, members);
    }
    return list(new GroupType(Repetition.REQUIRED, "item", members), name);
  }

  private static Type field(Column column, String name) {
    if (column.list()) {
      return list(primitive(column, Repetition.REQUIRED, "item"), name);
    }
    boolean required = column.nulls() == Column.Nulls.REFUSED;
    return primitive(column, required ? Repetition.REQUIRED : Repetition.OPTIONAL, name);
  }

  private static Type list(Type item, String name) {
    return Types.buildGroup(Repetition.OPTIONAL)
        .as(LogicalTypeAnnotation.listType())
        .addField(new GroupType(Repetition.REPEATED, "list", item))
        .named(name);
  }

  private static PrimitiveType primitive(Column column, Repetition repetition, String name) {
    return switch (column.type()) {
      case BOOL -> Types.primitive(BOOLEAN, repetition).named(name);
      case UINT8 -> unsigned(INT32, 8, repetition, name);
      case UINT16, UINT32 -> unsigned(INT32, 32, repetition, name);
      case INT32 -> Types.primitive(INT32, repetition).named(name);
      case INT64, DURATION -> Types.primitive(INT64, repetition).named(name);
      case UINT64 -> unsigned(INT64, 64, repetition, name);
      case FLOAT64 -> Types.primitive(DOUBLE, repetition).named(name);
      case TIMESTAMP ->
          Types.primitive(INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.NANOS))
              .named(name);
      case UTF8 ->
          Types.primitive(BINARY, repetition).as(LogicalTypeAnnotation.stringType()).named(name);
      case BINARY -> Types.primitive(BINARY, repetition).named(name);
      case FIXED8, FIXED16 ->
          Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
              .length(column.type().fixedLength())
              .named(name);
    };
  }

  private static PrimitiveType unsigned(
      PrimitiveType.PrimitiveTypeName physical, int bits, Repetition repetition, String name) {
    return Types.primitive(physical, repetition)
        .as(LogicalTypeAnnotation.intType(bits, false))
        .named(name);
  }

  private static String[] path(Column column) {
    String path = column.path();
    if (column.topLevel().equals(QUANTILES) && column.list()) {
      path = QUANTILES + ".list.item" + path.substring(path.indexOf('.'));
    } else if (column.list()) {
      path += ".list.item";
    }
    return path.split("\\.");
  }
}

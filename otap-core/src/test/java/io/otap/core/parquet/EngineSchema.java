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

import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Exporter;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.Column.Role;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The schema of a file of today's exporter (ENGINE-OBSERVED 3, 4, 7): columns that it drops, those
 * that its first batch did not use REQUIRED, nested ids of 16 bits, exemplar values of a wrong
 * type, and fixed-length values that are written as strings but declared as what they are.
 */
final class EngineSchema {

  private final PayloadType type;
  private final OtapTable first;
  private final Random random;
  private final Map<Column, String[]> paths = new HashMap<>();
  private final Map<Column, Repetition> repetitions = new HashMap<>();
  private final MessageType written;
  private final MessageType declared;
  private boolean prefixed;

  EngineSchema(PayloadType type, OtapTable first, Random random) {
    this.type = type;
    this.first = first;
    this.random = random;
    for (Column column : type.columns()) {
      if (column.exporter() != Exporter.DROPPED) {
        paths.put(column, pathOf(column));
        repetitions.put(column, repetition(column));
      }
    }
    this.written = message(true);
    this.declared = message(false);
  }

  MessageType written() {
    return written;
  }

  MessageType declared() {
    return declared;
  }

  /** Whether a column is written as strings are but declared with a fixed length. */
  boolean isPrefixed() {
    return prefixed;
  }

  /** Path of the leaf, null for a dropped column. */
  String[] path(Column column) {
    return paths.get(column);
  }

  boolean isOptionalList(Column column) {
    return repetitions.get(
            column.topLevel().equals("quantile") ? type.column("quantile.quantile") : column)
        == Repetition.OPTIONAL;
  }

  /** Exemplars without trace or span id get ids of zeros, unless the column is absent. */
  boolean fillsWithZeros(Column column) {
    return isExemplars() && column.type().fixedLength() > 0 && first.vector(column) != null;
  }

  /** Whether the types of a batch are those of the first; the exporter dies if not. */
  boolean accepts(OtapTable batch) {
    for (Column column : type.columns()) {
      boolean then = first.vector(column) != null;
      boolean now = batch.vector(column) != null;
      boolean same = then == now;
      if (isExemplars() && column.path().equals("double_value") && !same) {
        return false;
      }
      if (type == PayloadType.LOGS && column.role() == Role.ID && !same) {
        return false;
      }
      if (column.type().fixedLength() > 0 && then && !now && isDictionary(column)) {
        return false;
      }
      boolean struct = column.path().indexOf('.') > 0 && !column.list();
      if (struct && column.path().startsWith("body.type") && !same) {
        return false;
      }
    }
    return true;
  }

  private boolean isExemplars() {
    return type.folder().endsWith("_exemplars");
  }

  /** What the exporter has as a dictionary, and so writes with a length in front. */
  private boolean isDictionary(Column column) {
    return column.type().fixedLength() > 0
        && (type == PayloadType.LOGS || type == PayloadType.SPAN_LINKS || isExemplars())
        && first.vector(column) != null;
  }

  private Repetition repetition(Column column) {
    Vector vector = first.vector(column);
    boolean nested = column.path().indexOf('.') > 0;
    if (column.path().equals("body.type")) {
      return vector == null ? Repetition.OPTIONAL : Repetition.REQUIRED;
    }
    if (nested && !column.list()) {
      return Repetition.OPTIONAL;
    }
    if (column.role() == Role.ID || column.role() == Role.PARENT_ID) {
      return Repetition.OPTIONAL;
    }
    boolean filled = vector == null && column.exporter() == Exporter.DEFAULT_FILLED;
    boolean fixed = column.type().fixedLength() > 0;
    boolean allowed = column.nulls() == Nulls.DEFAULT && !fixed && random.nextInt(3) == 0;
    boolean required = column.nulls() == Nulls.REFUSED;
    return filled && !fixed || allowed || required ? Repetition.REQUIRED : Repetition.OPTIONAL;
  }

  private MessageType message(boolean forWriting) {
    Map<String, List<Type>> groups = new LinkedHashMap<>();
    List<Type> fields = new ArrayList<>();
    for (Column column : type.columns()) {
      if (!paths.containsKey(column)) {
        continue;
      }
      String path = column.path();
      int dot = path.indexOf('.');
      if (dot < 0) {
        fields.add(field(column, path, forWriting));
        continue;
      }
      List<Type> group = groups.get(column.topLevel());
      if (group == null) {
        group = new ArrayList<>();
        groups.put(column.topLevel(), group);
        fields.add(null);
      }
      String name = path.substring(dot + 1);
      group.add(
          column.topLevel().equals("quantile")
              ? primitive(column, Repetition.REQUIRED, name, forWriting)
              : field(column, name, forWriting));
    }
    groups.forEach((name, members) -> fields.set(fields.indexOf(null), group(name, members)));
    return new MessageType("arrow_schema", fields);
  }

  private Type group(String name, List<Type> members) {
    if (!name.equals("quantile")) {
      return new GroupType(Repetition.OPTIONAL, name, members);
    }
    return list(
        new GroupType(Repetition.OPTIONAL, "item", members),
        name,
        repetitions.get(type.column("quantile.quantile")));
  }

  private Type field(Column column, String name, boolean forWriting) {
    Repetition repetition = repetitions.get(column);
    return column.list()
        ? list(primitive(column, Repetition.REQUIRED, "item", forWriting), name, repetition)
        : primitive(column, repetition, name, forWriting);
  }

  private static Type list(Type item, String name, Repetition repetition) {
    return Types.buildGroup(repetition)
        .as(LogicalTypeAnnotation.listType())
        .addField(new GroupType(Repetition.REPEATED, "list", item))
        .named(name);
  }

  private Type primitive(Column column, Repetition repetition, String name, boolean forWriting) {
    boolean nestedId = column.role() == Role.RESOURCE_ID || column.role() == Role.SCOPE_ID;
    boolean noIds =
        type == PayloadType.LOGS && column.role() == Role.ID && first.vector(column) == null;
    return switch (column.type()) {
      case BOOL -> Types.primitive(BOOLEAN, repetition).named(name);
      case UINT8 -> unsigned(INT32, 8, repetition, name);
      case UINT16, UINT32 -> unsigned(INT32, nestedId || noIds ? 16 : 32, repetition, name);
      case INT32 -> Types.primitive(INT32, repetition).named(name);
      case UINT64 -> unsigned(INT64, 64, repetition, name);
      case INT64, DURATION, TIMESTAMP -> Types.primitive(INT64, repetition).named(name);
      case FLOAT64 -> {
        boolean filler =
            isExemplars() && column.path().equals("double_value") && first.vector(column) == null;
        yield Types.primitive(filler ? INT64 : DOUBLE, repetition).named(name);
      }
      case UTF8 ->
          Types.primitive(BINARY, repetition).as(LogicalTypeAnnotation.stringType()).named(name);
      case BINARY -> Types.primitive(BINARY, repetition).named(name);
      case FIXED8, FIXED16 -> {
        if (forWriting && isDictionary(column)) {
          prefixed = true;
          yield Types.primitive(BINARY, repetition).named(name);
        }
        yield Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
            .length(column.type().fixedLength())
            .named(name);
      }
    };
  }

  private static Type unsigned(
      PrimitiveTypeName physical, int bits, Repetition repetition, String name) {
    return Types.primitive(physical, repetition)
        .as(LogicalTypeAnnotation.intType(bits, false))
        .named(name);
  }

  private static String[] pathOf(Column column) {
    String path = column.path();
    if (column.list()) {
      path =
          column.topLevel().equals("quantile")
              ? "quantile.list.item" + path.substring(path.indexOf('.'))
              : path + ".list.item";
    }
    return path.split("\\.");
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.flatbuffers.FlatBufferBuilder;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import java.util.List;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Writes the schema of an Arrow stream. */
final class SchemaWriter {

  private static final String ITEM = "item";

  private final FlatBufferBuilder out;

  SchemaWriter(FlatBufferBuilder out) {
    this.out = out;
  }

  int write(WireSchema schema) {
    int[] fields = schema.fields().stream().mapToInt(this::field).toArray();
    return Schema.createSchema(
        out, Endianness.Little, Schema.createFieldsVector(out, fields), 0, 0);
  }

  private int field(Field field) {
    if (field instanceof Field.Leaf leaf) {
      return leaf(leaf, leaf.column().name());
    } else if (field instanceof Field.Struct struct) {
      int[] members = struct.fields().stream().mapToInt(this::field).toArray();
      return nested(name(struct.fields().get(0)), struct(), Type.Struct_, members);
    } else if (field instanceof Field.Values list) {
      int item = leaf(list.item(), ITEM);
      return nested(list.item().column().name(), list(), Type.List, item);
    }
    List<Field.Leaf> members = ((Field.Items) field).fields();
    int[] children = members.stream().mapToInt(m -> leaf(m, m.column().name())).toArray();
    int item = nested(ITEM, struct(), Type.Struct_, children);
    return nested(members.get(0).column().topLevel(), list(), Type.List, item);
  }

  private static String name(Field member) {
    return member instanceof Field.Values list
        ? list.item().column().topLevel()
        : ((Field.Leaf) member).column().topLevel();
  }

  private int struct() {
    Struct_.startStruct_(out);
    return Struct_.endStruct_(out);
  }

  private int list() {
    org.apache.arrow.flatbuf.List.startList(out);
    return org.apache.arrow.flatbuf.List.endList(out);
  }

  private int nested(String name, int type, byte kind, int... children) {
    int nameAt = out.createString(name);
    int childrenAt = org.apache.arrow.flatbuf.Field.createChildrenVector(out, children);
    return org.apache.arrow.flatbuf.Field.createField(
        out, nameAt, true, kind, type, 0, childrenAt, 0);
  }

  private int leaf(Field.Leaf leaf, String name) {
    Column column = leaf.column();
    int nameAt = out.createString(name);
    int type = type(column.type());
    int dictionary = 0;
    if (leaf.keyWidth() > 0) {
      int keys = Int.createInt(out, 8 * leaf.keyWidth(), false);
      dictionary =
          DictionaryEncoding.createDictionaryEncoding(
              out, leaf.dictionary(), keys, false, DictionaryKind.DenseArray);
    }
    int metadata = 0;
    if (leaf.encoding() != IdEncoding.UNMARKED) {
      int pair =
          KeyValue.createKeyValue(
              out, out.createString(IdEncoding.KEY), out.createString(leaf.encoding().text()));
      metadata = org.apache.arrow.flatbuf.Field.createCustomMetadataVector(out, new int[] {pair});
    }
    int children = org.apache.arrow.flatbuf.Field.createChildrenVector(out, new int[0]);
    return org.apache.arrow.flatbuf.Field.createField(
        out, nameAt, !column.required(), kind(column.type()), type, dictionary, children, metadata);
  }

  private static byte kind(ColumnType type) {
    return switch (type) {
      case BOOL -> Type.Bool;
      case UINT8, UINT16, UINT32, INT32, INT64, UINT64 -> Type.Int;
      case FLOAT64 -> Type.FloatingPoint;
      case TIMESTAMP -> Type.Timestamp;
      case DURATION -> Type.Duration;
      case UTF8 -> Type.Utf8;
      case BINARY -> Type.Binary;
      case FIXED8, FIXED16 -> Type.FixedSizeBinary;
    };
  }

  private int type(ColumnType type) {
    return switch (type) {
      case BOOL -> {
        Bool.startBool(out);
        yield Bool.endBool(out);
      }
      case UINT8 -> Int.createInt(out, 8, false);
      case UINT16 -> Int.createInt(out, 16, false);
      case UINT32 -> Int.createInt(out, 32, false);
      case INT32 -> Int.createInt(out, 32, true);
      case INT64 -> Int.createInt(out, 64, true);
      case UINT64 -> Int.createInt(out, 64, false);
      case FLOAT64 -> FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
      case TIMESTAMP ->
          Timestamp.createTimestamp(out, TimeUnit.NANOSECOND, out.createString("UTC"));
      case DURATION -> Duration.createDuration(out, TimeUnit.NANOSECOND);
      case UTF8 -> {
        Utf8.startUtf8(out);
        yield Utf8.endUtf8(out);
      }
      case BINARY -> {
        Binary.startBinary(out);
        yield Binary.endBinary(out);
      }
      case FIXED8, FIXED16 -> FixedSizeBinary.createFixedSizeBinary(out, type.fixedLength());
    };
  }
}

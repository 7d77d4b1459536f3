/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.flatbuffers.Table;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/**
 * Finds the columns of the model in an Arrow schema. What the model does not know is refused, as
 * the reference implementation in Rust does: dropping it would lose data without a word.
 */
final class SchemaReader {

  private static final Set<String> ZONES = Set.of("UTC", "+00:00");

  private final PayloadType type;
  private final Map<Long, Column> dictionaries = new HashMap<>();
  private final Set<Column> seen = new HashSet<>();

  private SchemaReader(PayloadType type) {
    this.type = type;
  }

  /** The fields in their order. */
  static WireSchema read(PayloadType type, Schema schema) throws OtapException {
    if (schema.endianness() != Endianness.Little) {
      throw WireErrors.broken("the values are big endian").at(WireErrors.at(type));
    }
    SchemaReader reader = new SchemaReader(type);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      fields.add(reader.field(schema.fields(i)));
    }
    for (Column column : type.columns()) {
      if (column.nulls() == Nulls.REFUSED && !reader.seen.contains(column)) {
        throw WireErrors.broken("the column is missing").at(WireErrors.at(type, column));
      }
    }
    return new WireSchema(type, List.copyOf(fields), Map.copyOf(reader.dictionaries));
  }

  private Field field(org.apache.arrow.flatbuf.Field field) throws OtapException {
    String name = field.name();
    return switch (field.typeType()) {
      case Type.Struct_ -> new Field.Struct(members(name, field));
      case Type.List -> list(name, field);
      default -> leaf(name, name, field, false);
    };
  }

  private Field list(String name, org.apache.arrow.flatbuf.Field field) throws OtapException {
    org.apache.arrow.flatbuf.Field item = only(name, field);
    return item.typeType() == Type.Struct_
        ? new Field.Items(items(name, item))
        : new Field.Values(leaf(name, name, item, true));
  }

  private org.apache.arrow.flatbuf.Field only(String name, org.apache.arrow.flatbuf.Field field)
      throws OtapException {
    if (field.childrenLength() != 1) {
      throw WireErrors.broken("the list " + name + " has not one kind of item")
          .at(WireErrors.at(type));
    }
    return field.children(0);
  }

  private List<Field> members(String name, org.apache.arrow.flatbuf.Field field)
      throws OtapException {
    List<Field> out = new ArrayList<>();
    for (int i = 0; i < field.childrenLength(); i++) {
      org.apache.arrow.flatbuf.Field child = field.children(i);
      String path = name + "." + child.name();
      out.add(
          child.typeType() == Type.List
              ? new Field.Values(leaf(path, child.name(), only(path, child), true))
              : leaf(path, child.name(), child, false));
    }
    return List.copyOf(out);
  }

  private List<Field.Leaf> items(String name, org.apache.arrow.flatbuf.Field struct)
      throws OtapException {
    List<Field.Leaf> out = new ArrayList<>();
    for (int i = 0; i < struct.childrenLength(); i++) {
      org.apache.arrow.flatbuf.Field child = struct.children(i);
      out.add(leaf(name + "." + child.name(), child.name(), child, true));
    }
    return List.copyOf(out);
  }

  private Field.Leaf leaf(
      String path, String name, org.apache.arrow.flatbuf.Field field, boolean list)
      throws OtapException {
    Column column = type.find(path);
    if (column == null || column.list() != list || name == null) {
      throw WireErrors.broken(
              "the format has no such column, or it is a list where the format has none")
          .at(Place.row(type.folder(), null, path, -1));
    }
    if (!seen.add(column)) {
      throw WireErrors.broken("the column is there twice").at(WireErrors.at(type, column));
    }
    if (!matches(column.type(), field)) {
      throw WireErrors.broken(
              "the column is of Arrow type "
                  + Type.name(field.typeType())
                  + ", which does not fit "
                  + column.type())
          .at(WireErrors.at(type, column));
    }
    DictionaryEncoding dictionary = field.dictionary();
    IdEncoding encoding = IdEncoding.of(metadata(field, IdEncoding.KEY));
    if (dictionary == null) {
      return new Field.Leaf(column, 0, 0, encoding);
    }
    Column sharing = dictionaries.putIfAbsent(dictionary.id(), column);
    if (list || sharing != null && sharing.type() != column.type()) {
      throw WireErrors.broken("dictionary " + dictionary.id() + " does not fit the column")
          .at(WireErrors.at(type, column));
    }
    return new Field.Leaf(column, keyWidth(column, dictionary), dictionary.id(), encoding);
  }

  private int keyWidth(Column column, DictionaryEncoding dictionary) throws OtapException {
    Int keys = dictionary.indexType();
    // Arrow's default, signed 32 bits, is none that the format has.
    int width = keys == null || keys.isSigned() ? 0 : keys.bitWidth() / 8;
    if (width != 1 && width != 2) {
      throw WireErrors.broken("the keys of the dictionary are not unsigned with 8 or 16 bits")
          .at(WireErrors.at(type, column));
    }
    return width;
  }

  private static boolean matches(ColumnType type, org.apache.arrow.flatbuf.Field field)
      throws OtapException {
    byte arrow = field.typeType();
    return switch (type) {
      case BOOL -> arrow == Type.Bool;
      case UINT8 -> isInt(field, 8, false);
      case UINT16 -> isInt(field, 16, false);
      case UINT32 -> isInt(field, 32, false);
      case INT32 -> isInt(field, 32, true);
      case INT64 -> isInt(field, 64, true);
      case UINT64 -> isInt(field, 64, false);
      case FLOAT64 ->
          arrow == Type.FloatingPoint
              && parameters(field, new FloatingPoint()).precision() == Precision.DOUBLE;
      case TIMESTAMP -> arrow == Type.Timestamp && isUtc(parameters(field, new Timestamp()));
      case DURATION ->
          arrow == Type.Duration && parameters(field, new Duration()).unit() == TimeUnit.NANOSECOND;
      case UTF8 -> arrow == Type.Utf8;
      case BINARY -> arrow == Type.Binary;
      case FIXED8, FIXED16 ->
          arrow == Type.FixedSizeBinary
              && parameters(field, new FixedSizeBinary()).byteWidth() == type.fixedLength();
    };
  }

  private static boolean isInt(org.apache.arrow.flatbuf.Field field, int bits, boolean signed)
      throws OtapException {
    if (field.typeType() != Type.Int) {
      return false;
    }
    Int type = parameters(field, new Int());
    return type.bitWidth() == bits && type.isSigned() == signed;
  }

  private static <T extends Table> T parameters(org.apache.arrow.flatbuf.Field field, T into)
      throws OtapException {
    if (field.type(into) == null) {
      throw WireErrors.broken("a type has no parameters");
    }
    return into;
  }

  private static boolean isUtc(Timestamp type) {
    String zone = type.timezone();
    return type.unit() == TimeUnit.NANOSECOND && (zone == null || ZONES.contains(zone));
  }

  private static String metadata(org.apache.arrow.flatbuf.Field field, String key) {
    for (int i = 0; i < field.customMetadataLength(); i++) {
      KeyValue pair = field.customMetadata(i);
      if (key.equals(pair.key())) {
        return pair.value();
      }
    }
    return null;
  }
}

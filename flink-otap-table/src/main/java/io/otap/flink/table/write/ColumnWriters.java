/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.IntColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.otlp.AnyValueDecoder;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.TableColumn;
import io.otap.flink.table.model.ValueForm;
import java.util.HexFormat;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Makes writers of columns into one batch, from the same description as their readers. */
final class ColumnWriters {

  private static final long UINT32_MAX = 0xFFFF_FFFFL;

  private final BatchTables tables;

  ColumnWriters(BatchTables tables) {
    this.tables = tables;
  }

  /**
   * @param name of the column, with what it lies in, for errors
   * @param type of the table in which rows are written
   */
  FieldWriter of(String name, TableColumn column, LogicalType declared, PayloadType type) {
    TableBuilder table = tables.table(type);
    Content content = column.content();
    if (content instanceof Content.Value value) {
      return value(name, type.column(value.path()), table);
    }
    if (content instanceof Content.Code code) {
      return code(name, code, table.ints(code.path()));
    }
    if (content instanceof Content.AnyValue any) {
      return anyValue(name, ValueForm.ofValue(declared), any.prefix(), table);
    }
    if (content instanceof Content.Attributes) {
      return attributes(name, ValueForm.ofAttributes(declared), type);
    }
    if (content instanceof Content.Children children) {
      RowType item = (RowType) ((ArrayType) declared).getElementType();
      return children(name, column, item, child(type, children.folderEnd()), type);
    }
    throw new IllegalArgumentException(name + " is no column of its own");
  }

  private FieldWriter value(String name, Column column, TableBuilder table) {
    switch (column.type()) {
      case UTF8:
        BinaryColumnBuilder texts = table.binaries(column.path());
        return (row, value) -> {
          if (value != null) {
            byte[] bytes = ((StringData) value).toBytes();
            tables.grow(bytes.length);
            texts.set(row, bytes);
          }
        };
      case FIXED8, FIXED16:
        BinaryColumnBuilder ids = table.binaries(column.path());
        return (row, value) -> {
          if (value != null) {
            ids.set(row, id(name, (StringData) value, column.type().fixedLength()));
          }
        };
      case TIMESTAMP:
        LongColumnBuilder times = table.longs(column.path());
        return (row, value) -> times.set(row, EpochNanos.of(name, value));
      case UINT32:
        IntColumnBuilder counts = table.ints(column.path());
        return (row, value) -> counts.set(row, uint32(name, value));
      case INT32:
        IntColumnBuilder ints = table.ints(column.path());
        return (row, value) -> ints.set(row, value == null ? 0 : (Integer) value);
      default:
        throw new IllegalArgumentException(column + " is no column of logs or spans");
    }
  }

  private static byte[] id(String name, StringData text, int length) throws OtapException {
    byte[] hex = text.toBytes();
    try {
      if (hex.length == 2 * length) {
        return HexFormat.of().parseHex(new String(hex, US_ASCII));
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw Misfits.of(name, text, 2 * length + " hex digits, or NULL for no id");
  }

  private static int uint32(String name, Object value) throws OtapException {
    long number = value == null ? 0 : (Long) value;
    if (number < 0 || number > UINT32_MAX) {
      throw Misfits.of(name, number, "0 to " + UINT32_MAX);
    }
    return (int) number;
  }

  private static FieldWriter code(String name, Content.Code code, IntColumnBuilder numbers) {
    return (row, value) -> {
      if (value != null) {
        numbers.set(row, number(name, code, value.toString()));
      }
    };
  }

  private static int number(String name, Content.Code code, String text) throws OtapException {
    int number = code.names().indexOf(text);
    if (number >= 0) {
      return number;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Misfits.of(name, text, String.join(", ", code.names()) + " or a number");
    }
  }

  private FieldWriter anyValue(String name, ValueForm form, String prefix, TableBuilder table) {
    AttributeValues values = new AttributeValues(name, form);
    AnyValueDecoder decoder = new AnyValueDecoder(table, prefix);
    return (row, value) -> {
      if (value != null) {
        AnyValue any = values.value(value);
        tables.grow(any.getSerializedSize());
        decoder.set(row, any);
      }
    };
  }

  private FieldWriter attributes(String name, ValueForm form, PayloadType parent) {
    AttributeValues values = new AttributeValues(name, form);
    AttributesWriter writer = new AttributesWriter(tables, parent);
    return (row, value) -> writer.write(row, values.list(value));
  }

  private FieldWriter children(
      String name, TableColumn column, RowType item, PayloadType type, PayloadType parent) {
    FieldWriter[] fields = new FieldWriter[item.getFieldCount()];
    RowData.FieldGetter[] getters = new RowData.FieldGetter[fields.length];
    for (int i = 0; i < fields.length; i++) {
      String field = item.getFieldNames().get(i);
      fields[i] = of(name + "." + field, column.field(field), item.getTypeAt(i), type);
      getters[i] = RowData.createFieldGetter(item.getTypeAt(i), i);
    }
    IntColumnBuilder parents = tables.table(type).ints("parent_id");
    return (row, value) -> {
      ArrayData items = (ArrayData) value;
      for (int n = 0; items != null && n < items.size(); n++) {
        if (items.isNullAt(n)) {
          throw Misfits.of(name, "NULL", "rows; leave out what is not there");
        }
        RowData child = items.getRow(n, fields.length);
        int childRow = tables.addRow(type);
        tables.grow(32);
        parents.set(childRow, tables.parentId(parent, row));
        for (int i = 0; i < fields.length; i++) {
          fields[i].write(childRow, getters[i].getFieldOrNull(child));
        }
      }
    };
  }

  static PayloadType child(PayloadType type, String folderEnd) {
    return type.children().stream()
        .filter(child -> child.folder().endsWith(folderEnd))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no " + folderEnd));
  }
}

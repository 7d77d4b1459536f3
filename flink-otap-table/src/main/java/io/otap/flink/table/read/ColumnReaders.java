/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.ChildRows;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.ListVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.NumberColumns;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.TableColumn;
import io.otap.flink.table.model.ValueForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Makes readers of the columns of one batch, from the description of the columns. */
final class ColumnReaders {

  private final OtapBatch batch;
  private final Map<PayloadType, ChildRows> children = new EnumMap<>(PayloadType.class);

  ColumnReaders(OtapBatch batch) {
    this.batch = batch;
  }

  /**
   * @param declared the type of the column, which says the form of values
   * @param table whose rows are read
   */
  FieldReader of(TableColumn column, LogicalType declared, OtapTable table) throws OtapException {
    Content content = column.content();
    if (content instanceof Content.Value value) {
      return value(value.path(), table);
    }
    if (content instanceof Content.FilledId id) {
      return new Ids(table.binaryVector(id.path()), true);
    }
    if (content instanceof Content.Code code) {
      return code(code, table);
    }
    if (content instanceof Content.Number number) {
      return number(number.integer(), table);
    }
    if (content instanceof Content.SpanEnd) {
      LongVector start = table.longVector("start_time_unix_nano");
      LongVector duration = table.longVector("duration_time_unix_nano");
      return row -> Times.nanos(Cells.get(start, row) + Cells.get(duration, row));
    }
    if (content instanceof Content.EventTime times) {
      return eventTime(times.paths(), table);
    }
    if (content instanceof Content.AnyValue any) {
      return ValueReader.of(ValueForm.ofValue(declared), table, any.prefix());
    }
    if (content instanceof Content.Attributes) {
      return attributes(declared, child(table.type(), "_attrs"), ids(table));
    }
    if (content instanceof Content.SharedAttributes shared) {
      IntVector ids = table.intVector(shared.idPath());
      return new SharedReader(attributes(declared, shared.table(), ids), ids);
    }
    if (content instanceof Content.Attribute attribute) {
      PayloadType attributes = child(table.type(), "_attrs");
      return attribute(attribute.key(), declared, attributes, ids(table));
    }
    if (content instanceof Content.SharedAttribute shared) {
      IntVector ids = table.intVector(shared.idPath());
      return new SharedReader(attribute(shared.key(), declared, shared.table(), ids), ids);
    }
    if (content instanceof Content.Shared shared) {
      IntVector ids = table.intVector(shared.idPath());
      return new SharedReader(row(column, (RowType) declared, table), ids);
    }
    if (content instanceof Content.Children rows) {
      return children(column, declared, rows, table);
    }
    return quantiles(table);
  }

  private static FieldReader value(String path, OtapTable table) {
    Column column = table.type().find(path);
    if (column == null) {
      return FieldReader.NONE;
    }
    if (column.list()) {
      return list(column.type(), table.listVector(path));
    }
    boolean nullable = column.nulls() == Column.Nulls.ABSENT;
    return switch (column.type()) {
      case UTF8 -> new Texts(table.binaryVector(path));
      case FIXED8, FIXED16 -> new Ids(table.binaryVector(path), false);
      case TIMESTAMP -> {
        LongVector times = table.longVector(path);
        yield row -> Times.nanos(Cells.get(times, row));
      }
      case INT64, DURATION -> {
        LongVector longs = table.longVector(path);
        yield row -> nullable && Cells.isNull(longs, row) ? null : Cells.get(longs, row);
      }
      case UINT64 -> {
        LongVector longs = table.longVector(path);
        yield row -> unsigned(Cells.get(longs, row));
      }
      case UINT32 -> {
        IntVector ints = table.intVector(path);
        yield row -> Cells.unsigned(ints, row);
      }
      case INT32, UINT16 -> {
        IntVector ints = table.intVector(path);
        yield row -> Cells.get(ints, row);
      }
      case UINT8 -> {
        ByteVector bytes = table.byteVector(path);
        yield row -> Cells.get(bytes, row);
      }
      case BOOL -> {
        ByteVector bytes = table.byteVector(path);
        yield row -> Cells.get(bytes, row) != 0;
      }
      case FLOAT64 -> {
        DoubleVector doubles = table.doubleVector(path);
        yield row -> nullable && Cells.isNull(doubles, row) ? null : Cells.get(doubles, row);
      }
      case BINARY -> throw new IllegalStateException(path);
    };
  }

  private static FieldReader list(ColumnType type, ListVector lists) {
    return row -> {
      Object[] elements = new Object[Cells.size(lists, row)];
      for (int i = 0; i < elements.length; i++) {
        elements[i] =
            type == ColumnType.UINT64
                ? unsigned(Cells.longElement(lists, row, i))
                : (Object) Cells.doubleElement(lists, row, i);
      }
      return new GenericArrayData(elements);
    };
  }

  private static DecimalData unsigned(long value) {
    BigDecimal decimal =
        value >= 0 ? BigDecimal.valueOf(value) : new BigDecimal(Long.toUnsignedString(value));
    return DecimalData.fromBigDecimal(decimal, 20, 0);
  }

  private static FieldReader code(Content.Code code, OtapTable table) {
    StringData[] names =
        code.names().stream().map(StringData::fromString).toArray(StringData[]::new);
    if (table.type().column(code.path()).type() == ColumnType.UINT8) {
      ByteVector bytes = table.byteVector(code.path());
      return row -> name(names, Cells.get(bytes, row));
    }
    IntVector ints = table.intVector(code.path());
    return row -> name(names, Cells.get(ints, row));
  }

  private static StringData name(StringData[] names, int number) {
    return number >= 0 && number < names.length
        ? names[number]
        : StringData.fromString(Integer.toString(number));
  }

  private static FieldReader number(boolean integer, OtapTable table) {
    if (!table.type().has("int_value")) {
      return FieldReader.NONE;
    }
    NumberColumns numbers = NumberColumns.of(table);
    return integer
        ? row -> numbers.isInt(row) ? Cells.get(numbers.ints(), row) : null
        : row -> numbers.isDouble(row) ? Cells.get(numbers.doubles(), row) : null;
  }

  private static FieldReader eventTime(List<String> paths, OtapTable table) {
    LongVector[] columns = paths.stream().map(table::longVector).toArray(LongVector[]::new);
    return row -> {
      long nanos = 0;
      for (int i = 0; i < columns.length && nanos == 0; i++) {
        nanos = Cells.get(columns[i], row);
      }
      return Times.millis(nanos);
    };
  }

  private FieldReader attributes(LogicalType declared, PayloadType type, IntVector ids)
      throws OtapException {
    AttributeReader reader =
        AttributeReader.of(ValueForm.ofAttributes(declared), batch.table(type));
    ChildRows rows = rows(type);
    return row -> {
      int id = Cells.id(ids, row);
      return reader.read(rows, rows.start(id), rows.end(id));
    };
  }

  private FieldReader attribute(String key, LogicalType declared, PayloadType type, IntVector ids)
      throws OtapException {
    OtapTable attributes = batch.table(type);
    FieldReader values = ValueReader.of(AttributeForm.of(declared), attributes);
    return new KeyedReader(KeyedRows.of(attributes, key), values, ids);
  }

  private RowReader row(TableColumn column, RowType declared, OtapTable table)
      throws OtapException {
    FieldReader[] fields = new FieldReader[declared.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      String name = declared.getFieldNames().get(i);
      fields[i] = of(column.field(name), declared.getTypeAt(i), table);
    }
    return new RowReader(fields);
  }

  private FieldReader children(
      TableColumn column, LogicalType declared, Content.Children content, OtapTable table)
      throws OtapException {
    PayloadType type = child(table.type(), content.folderEnd());
    if (type == null) {
      return row -> new GenericArrayData(new Object[0]);
    }
    ChildRows rows = rows(type);
    RowType item = (RowType) ((ArrayType) declared).getElementType();
    RowReader reader = row(column, item, batch.table(type));
    IntVector ids = ids(table);
    return row -> {
      int id = Cells.id(ids, row);
      int start = rows.start(id);
      Object[] items = new Object[rows.end(id) - start];
      for (int i = 0; i < items.length; i++) {
        items[i] = reader.read(rows.row(start + i));
      }
      return new GenericArrayData(items);
    };
  }

  private static FieldReader quantiles(OtapTable table) {
    if (!table.type().has("quantile.quantile")) {
      return FieldReader.NONE;
    }
    ListVector quantiles = table.listVector("quantile.quantile");
    ListVector values = table.listVector("quantile.value");
    return row -> {
      int q = Cells.size(quantiles, row);
      int v = Cells.size(values, row);
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < Math.max(q, v); i++) {
        items.add(
            GenericRowData.of(
                i < q ? Cells.doubleElement(quantiles, row, i) : 0.0,
                i < v ? Cells.doubleElement(values, row, i) : 0.0));
      }
      return new GenericArrayData(items.toArray());
    };
  }

  private ChildRows rows(PayloadType type) throws OtapException {
    ChildRows rows = children.get(type);
    if (rows == null) {
      rows = ChildRows.of(batch, type);
      children.put(type, rows);
    }
    return rows;
  }

  private static IntVector ids(OtapTable table) {
    return table.type().id() == null ? null : table.intVector(table.type().id().path());
  }

  private static PayloadType child(PayloadType type, String folderEnd) {
    return type.children().stream()
        .filter(child -> child.folder().endsWith(folderEnd))
        .findFirst()
        .orElse(null);
  }
}

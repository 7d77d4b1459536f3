/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.TableColumn;
import io.otap.flink.table.model.ValueForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Puts rows of logs or spans together to a batch.
 *
 * <p>Two columns may say the same. The time of a record is {@code timestamp} if that is declared,
 * else {@code event_time}; a span ends at {@code end_timestamp} if that is declared, else {@code
 * duration_nano} after its start. {@code service_name}, and any other column of one attribute, is
 * added to the attributes that do not have it.
 */
@Internal
public final class RowBatchBuilder {

  /** What a row takes without texts and attributes, about. */
  private static final int ROW_BYTES = 128;

  /** Writes some columns of a row. */
  private interface RowWriter {
    void write(int row, RowData source) throws OtapException;
  }

  private final PayloadType root;
  private final BatchTables tables;
  private final List<RowWriter> writers = new ArrayList<>();

  /**
   * @param declared the columns of the rows, which were checked; those of attributes are called as
   *     in {@link SignalTable#attribute}
   */
  public RowBatchBuilder(SignalTable table, RowType declared) {
    Signal signal = table.signal();
    this.root = signal.root();
    this.tables = new BatchTables(signal);
    ColumnWriters columns = new ColumnWriters(tables);
    List<String> names = declared.getFieldNames();
    String start = names.contains("timestamp") ? "timestamp" : "event_time";
    String end = names.contains("end_timestamp") ? "end_timestamp" : "duration_nano";
    SharedWriter outer = null;
    for (TableColumn column : table.columns()) {
      int index = names.indexOf(column.name());
      LogicalType type = index < 0 ? null : declared.getTypeAt(index);
      if (column.content() instanceof Content.Shared shared) {
        RowType fields = type == null ? RowType.of() : (RowType) type;
        ColumnAttributes attributes = ColumnAttributes.of(shared, table, declared);
        outer = new SharedWriter(tables, signal, column, fields, outer, attributes);
        writers.add(shared(declared, index, outer));
      } else if (column.content() instanceof Content.Attributes) {
        attributes(table, declared, column, index).ifPresent(writers::add);
      } else if (index < 0 || isSpanEnd(column) || isResourceAttribute(column)) {
        continue;
      } else if (column.content() instanceof Content.EventTime) {
        if (column.name().equals(start)) {
          TableColumn timestamp = table.column("timestamp");
          writers.add(from(declared, index, columns.of("event_time", timestamp, type, root)));
        }
      } else {
        writers.add(from(declared, index, columns.of(column.name(), column, type, root)));
      }
    }
    if (table == SignalTable.SPANS) {
      writers.add(duration(declared, names.indexOf(start), names.indexOf(end)));
    }
  }

  private static boolean isSpanEnd(TableColumn column) {
    return column.content() instanceof Content.SpanEnd || column.name().equals("duration_nano");
  }

  private static boolean isResourceAttribute(TableColumn column) {
    return column.content() instanceof Content.SharedAttribute;
  }

  private static RowWriter shared(RowType declared, int index, SharedWriter writer) {
    RowData.FieldGetter value = getter(declared, index);
    return (row, source) -> writer.write(row, (RowData) value.getFieldOrNull(source), source);
  }

  /** None if there are no columns for them. */
  private Optional<RowWriter> attributes(
      SignalTable table, RowType declared, TableColumn column, int index) {
    ColumnAttributes columns = ColumnAttributes.ofRecord(table, declared);
    if (index < 0 && columns.isEmpty()) {
      return Optional.empty();
    }
    ValueForm form =
        index < 0 ? ValueForm.EXACT : ValueForm.ofAttributes(declared.getTypeAt(index));
    AttributeValues values = new AttributeValues(column.name(), form);
    AttributesWriter writer = new AttributesWriter(tables, root);
    RowData.FieldGetter value = getter(declared, index);
    return Optional.of(
        (row, source) ->
            writer.write(row, columns.in(values.list(value.getFieldOrNull(source)), source)));
  }

  private static RowWriter from(RowType declared, int index, FieldWriter writer) {
    RowData.FieldGetter getter = getter(declared, index);
    return (row, source) -> writer.write(row, getter.getFieldOrNull(source));
  }

  private RowWriter duration(RowType declared, int start, int end) {
    LongColumnBuilder durations = tables.root().longs("duration_time_unix_nano");
    RowData.FieldGetter startOf = getter(declared, start);
    RowData.FieldGetter endOf = getter(declared, end);
    return (row, source) -> {
      Object value = endOf.getFieldOrNull(source);
      if (value instanceof Long nanos) {
        durations.set(row, nanos);
      } else {
        long from = EpochNanos.of("timestamp", startOf.getFieldOrNull(source));
        durations.set(row, EpochNanos.of("end_timestamp", value) - from);
      }
    };
  }

  private static RowData.FieldGetter getter(RowType declared, int index) {
    return index < 0 ? row -> null : RowData.createFieldGetter(declared.getTypeAt(index), index);
  }

  /**
   * Adds a row.
   *
   * @throws OtapException of kind SCHEMA if OTLP cannot hold a value; the batch is of no use then
   */
  public void add(RowData source) throws OtapException {
    int row = tables.addRow(root);
    tables.grow(ROW_BYTES);
    for (RowWriter writer : writers) {
      writer.write(row, source);
    }
  }

  public int rows() {
    return tables.root().rows();
  }

  /** About how much memory the rows take. */
  public long bytes() {
    return tables.bytes();
  }

  /** The batch of all rows. To be called once. */
  public OtapBatch build() {
    return tables.build();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import io.otap.core.batch.AttributeCursor;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LogCursor;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.MetricCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.RecordCursor;
import io.otap.core.batch.SpanCursor;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.select.AnyOf;
import io.otap.core.select.NumberRange;
import io.otap.core.select.Partitions;
import io.otap.core.select.ReadSelection;
import io.otap.core.select.ResourceAttribute;
import io.otap.core.select.RootCondition;
import io.otap.core.select.TimeRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random selections, with values that occur, and what they leave of a batch, found the slow way.
 */
final class RandomSelections {

  private RandomSelections() {}

  static ReadSelection of(Signal signal, List<OtapBatch> batches, Random random)
      throws OtapException {
    ReadSelection selection = ReadSelection.ALL;
    if (random.nextInt(3) > 0) {
      selection =
          selection.withTables(
              PayloadType.of(signal).stream()
                  .filter(t -> !t.isRoot() && random.nextInt(3) == 0)
                  .toList());
    }
    if (random.nextInt(3) > 0) {
      selection =
          selection.withFields(
              signal.root().columns().stream()
                  .map(Column::topLevel)
                  .distinct()
                  .filter(name -> random.nextInt(3) == 0)
                  .toList());
    }
    List<OtapBatch> filled = batches.stream().filter(batch -> batch.rows() > 0).toList();
    for (int i = random.nextInt(3); i > 0 && !filled.isEmpty(); i--) {
      RootCondition condition = condition(signal, filled, random);
      if (condition != null) {
        selection = selection.where(condition);
      }
    }
    return selection;
  }

  private static RootCondition condition(Signal signal, List<OtapBatch> batches, Random random)
      throws OtapException {
    OtapBatch one = batches.get(random.nextInt(batches.size()));
    OtapBatch other = batches.get(random.nextInt(batches.size()));
    int row = random.nextInt(one.rows());
    int otherRow = random.nextInt(other.rows());
    int kind = random.nextInt(5);
    if (kind == 0 && signal != Signal.METRICS) {
      long a = time(one, row);
      long b = time(other, otherRow);
      return TimeRange.ofEvents(
          signal, Math.min(a, b), random.nextInt(4) == 0 ? Long.MAX_VALUE : Math.max(a, b));
    }
    if (kind == 1) {
      return random.nextInt(4) == 0
          ? new Partitions(Set.of(one.origin().partition()))
          : resource(one, row, random);
    }
    List<Column> columns =
        signal.root().columns().stream()
            .filter(c -> c.role() != Column.Role.ID && c.role() != Column.Role.RESOURCE_ID)
            .filter(c -> c.role() != Column.Role.SCOPE_ID && c.type() != ColumnType.FLOAT64)
            .filter(c -> c.type() != ColumnType.BINARY && c.type() != ColumnType.BOOL)
            .toList();
    Column column = columns.get(random.nextInt(columns.size()));
    if (column.type().storage() == ColumnType.Storage.BINARY) {
      Set<String> values = new HashSet<>(Set.of(string(column, one, row)));
      values.add(random.nextBoolean() ? string(column, other, otherRow) : "none of these");
      return new AnyOf(column.path(), values);
    }
    long a = number(column, one, row);
    long b = number(column, other, otherRow);
    return new NumberRange(column.path(), Math.min(a, b), Math.max(a, b));
  }

  private static RootCondition resource(OtapBatch batch, int row, Random random)
      throws OtapException {
    RecordCursor cursor = cursor(batch, row);
    AttributeCursor attributes = cursor.resourceAttributes();
    List<RootCondition> possible = new ArrayList<>();
    while (attributes.next()) {
      if (attributes.type() == AttributeType.STRING) {
        possible.add(
            new ResourceAttribute(attributes.key(), Set.of(attributes.stringValue(), "other")));
      }
    }
    return possible.isEmpty() ? null : possible.get(random.nextInt(possible.size()));
  }

  /** What is left of a batch that has everything. */
  static OtapBatch apply(ReadSelection selection, OtapBatch batch) throws OtapException {
    BitSet kept = new BitSet();
    RecordCursor cursor = cursor(batch);
    while (cursor.next()) {
      kept.set(cursor.row());
      for (RootCondition condition : selection.conditions()) {
        if (!holds(condition, batch, cursor)) {
          kept.clear(cursor.row());
        }
      }
    }
    Set<Column> columns = new HashSet<>(selection.columns(batch.signal()));
    List<OtapTable> tables = new ArrayList<>();
    for (OtapTable table : batch.filter(kept::get).tables()) {
      if (!table.type().isRoot() && selection.reads(table.type())) {
        tables.add(table);
      } else if (table.type().isRoot()) {
        tables.add(withColumns(table, columns));
      }
    }
    return new OtapBatch(batch.signal(), tables, batch.origin(), null, null);
  }

  /** The numbers of a row's owners stay: they are not what stands in the file. */
  private static OtapTable withColumns(OtapTable table, Set<Column> columns) {
    OtapTable out = table;
    for (Column column : table.type().columns()) {
      boolean owner =
          column.role() == Column.Role.RESOURCE_ID || column.role() == Column.Role.SCOPE_ID;
      out = owner || columns.contains(column) ? out : out.with(column, null);
    }
    return out;
  }

  private static boolean holds(RootCondition condition, OtapBatch batch, RecordCursor cursor)
      throws OtapException {
    int row = cursor.row();
    if (condition instanceof TimeRange range) {
      long time = time(batch, row);
      return time < 0 ? range.to() == Long.MAX_VALUE : range.from() <= time && time <= range.to();
    }
    if (condition instanceof ResourceAttribute wanted) {
      AttributeCursor attributes = cursor.resourceAttributes();
      while (attributes.next()) {
        if (attributes.key().equals(wanted.key())
            && (attributes.type() != AttributeType.STRING
                || wanted.values().contains(attributes.stringValue()))) {
          return true;
        }
      }
      return false;
    }
    if (condition instanceof Partitions partitions) {
      return partitions.ids().contains(batch.origin().partition());
    }
    if (condition instanceof AnyOf any) {
      return any.values().contains(string(batch.root().type().column(any.column()), batch, row));
    }
    NumberRange range = (NumberRange) condition;
    Column column = batch.root().type().column(range.column());
    boolean absent =
        column.nulls() == Column.Nulls.ABSENT && Cells.isNull(batch.root().vector(column), row);
    long value = number(column, batch, row);
    return !absent && range.min() <= value && value <= range.max();
  }

  private static long time(OtapBatch batch, int row) throws OtapException {
    RecordCursor cursor = cursor(batch, row);
    if (cursor instanceof LogCursor log) {
      return log.timeUnixNano() == 0 ? log.observedTimeUnixNano() : log.timeUnixNano();
    }
    return ((SpanCursor) cursor).startTimeUnixNano();
  }

  private static RecordCursor cursor(OtapBatch batch) throws OtapException {
    return switch (batch.signal()) {
      case LOGS -> LogCursor.of(batch);
      case TRACES -> SpanCursor.of(batch);
      case METRICS -> MetricCursor.of(batch);
    };
  }

  private static RecordCursor cursor(OtapBatch batch, int row) throws OtapException {
    RecordCursor cursor = cursor(batch);
    for (int i = 0; i <= row; i++) {
      cursor.next();
    }
    return cursor;
  }

  private static String string(Column column, OtapBatch batch, int row) {
    BinaryVector vector = (BinaryVector) batch.root().vector(column);
    return column.type() == ColumnType.UTF8
        ? Cells.string(vector, row)
        : HexFormat.of().formatHex(Cells.bytes(vector, row));
  }

  private static long number(Column column, OtapBatch batch, int row) {
    Vector vector = batch.root().vector(column);
    if (vector == null || vector.isNull(row)) {
      return 0;
    }
    if (vector instanceof LongVector longs) {
      return longs.get(row);
    }
    if (vector instanceof ByteVector bytes) {
      return Byte.toUnsignedInt(bytes.get(row));
    }
    int value = ((IntVector) vector).get(row);
    return column.type() == ColumnType.INT32 ? value : Integer.toUnsignedLong(value);
  }
}

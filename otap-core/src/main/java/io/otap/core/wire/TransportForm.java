/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.Concatenation;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.TableBuilder;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import io.otap.core.model.Column.Role;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Arranges tables in storage form so that both reference implementations, which differ in when a
 * {@code parent_id} is a difference (OTAP-FORMAT 3.2), read the same:
 *
 * <ul>
 *   <li>Exemplars without a value come first.
 *   <li>Of two equal NaNs one after the other the second gets another bit pattern, so that it
 *       equals the first neither by bits nor as a number.
 *   <li>Between 0.0 and -0.0 of one key stands a row that belongs to no record, unless the first of
 *       the two belongs to number 0, where a difference and the id are the same.
 * </ul>
 */
final class TransportForm {

  private final Signal signal;
  private final Map<PayloadType, OtapTable> tables;

  private TransportForm(Signal signal, Map<PayloadType, OtapTable> tables) {
    this.signal = signal;
    this.tables = tables;
  }

  /**
   * @param tables in storage form; changed
   */
  static void arrange(Signal signal, Map<PayloadType, OtapTable> tables) throws OtapException {
    TransportForm form = new TransportForm(signal, tables);
    for (PayloadType type : List.copyOf(tables.keySet())) {
      form.valuelessFirst(tables.get(type));
    }
    for (PayloadType type : List.copyOf(tables.keySet())) {
      tables.put(type, form.separated(tables.get(type)));
    }
  }

  private void valuelessFirst(OtapTable table) throws OtapException {
    List<Vector> values =
        table.type().chainedBy().stream()
            .filter(c -> c.nulls() == Nulls.ABSENT && table.vector(c) != null)
            .map(table::vector)
            .toList();
    int rows = table.rows();
    if (values.isEmpty() || values.stream().anyMatch(v -> !v.hasNulls())) {
      return;
    }
    int[] order = new int[rows];
    int[] valued = new int[rows];
    int first = 0;
    int rest = 0;
    for (int row = 0; row < rows; row++) {
      boolean valueless = true;
      for (Vector value : values) {
        valueless &= value.isNull(row);
      }
      if (valueless) {
        order[first++] = row;
      } else {
        valued[rest++] = row;
      }
    }
    if (first > 0 && rest > 0 && order[first - 1] > valued[0]) {
      System.arraycopy(valued, 0, order, first, rest);
      tables.putAll(StorageForm.renumbered(signal, tables, table.gather(order, 0, rows)));
    }
  }

  /** The table with NaNs told apart and zeros of different signs separated. */
  private OtapTable separated(OtapTable table) {
    Column column = doubles(table.type());
    if (column == null || table.vector(column) == null) {
      return table;
    }
    DoubleVector vector = (DoubleVector) table.vector(column);
    double[] values = vector.values();
    boolean copied = false;
    List<Integer> separated = new ArrayList<>();
    OtapTable out = table;
    IntVector parents = (IntVector) table.vector(table.type().parentId());
    for (int row = 1; row < table.rows(); row++) {
      double before = values[row - 1];
      double value = values[row];
      boolean zeros = value == before && 1 / value != 1 / before && value == 0;
      if (!zeros && !(value != value && before != before)) {
        continue;
      }
      if (zeros) {
        if (parents.get(row - 1) != 0 && RowChain.of(out, RowChain.Rule.NUMBERS).continues(row)) {
          separated.add(row);
        }
      } else if (RowChain.of(out, RowChain.Rule.WRITTEN).continues(row)) {
        if (!copied) {
          values = Arrays.copyOf(values, table.rows());
          out = out.with(column, new DoubleVector(table.rows(), vector.validity(), values));
          copied = true;
        }
        values[row] = Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ 1);
      }
    }
    return separated.isEmpty() ? out : withSeparators(out, separated);
  }

  /** The doubles that decide whether a row continues the one before; null if none do. */
  private static Column doubles(PayloadType type) {
    if (type.isAttributes()) {
      return type.column(AttributeType.DOUBLE.column());
    }
    return type.chainedBy().stream()
        .filter(c -> c.type() == ColumnType.FLOAT64)
        .findFirst()
        .orElse(null);
  }

  private OtapTable withSeparators(OtapTable table, List<Integer> separated) {
    int rows = table.rows();
    OtapTable both = Concatenation.of(table.type(), List.of(table, separator(table.type())));
    int[] order = new int[rows + separated.size()];
    int next = 0;
    int at = 0;
    for (int row = 0; row < rows; row++) {
      if (next < separated.size() && separated.get(next) == row) {
        order[at++] = rows;
        next++;
      }
      order[at++] = row;
    }
    return both.gather(order, 0, order.length);
  }

  /** A row of a parent that does not exist, which equals no row with a double. */
  private OtapTable separator(PayloadType type) {
    TableBuilder builder = new TableBuilder(type);
    int row = builder.addRow();
    builder.ints("parent_id").set(row, unusedParent(type));
    if (type.isAttributes()) {
      BinaryColumnBuilder key = builder.binaries("key");
      key.set(row, "~");
      builder.bytes(AttributeType.COLUMN).set(row, (byte) AttributeType.EMPTY.code());
    } else {
      for (Column column : type.chainedBy()) {
        if (column.type() == ColumnType.INT64) {
          builder.longs(column.path()).set(row, 1);
        }
      }
    }
    return builder.build();
  }

  /** The number behind the last that a parent has. */
  private int unusedParent(PayloadType type) {
    OtapTable parent = tables.get(type.isShared() ? signal.root() : type.parent());
    Column column = parent.type().id();
    if (type.isShared()) {
      Role role = type == PayloadType.RESOURCE_ATTRS ? Role.RESOURCE_ID : Role.SCOPE_ID;
      column =
          parent.type().columns().stream().filter(c -> c.role() == role).findFirst().orElseThrow();
    }
    int highest = 0;
    for (int id : ((IntVector) parent.vector(column)).values()) {
      highest = Math.max(highest, id);
    }
    return highest + 1;
  }
}

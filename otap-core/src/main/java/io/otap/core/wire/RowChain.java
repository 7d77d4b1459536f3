/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.AnyValueColumns;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.AttributeType;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import java.util.Arrays;

/**
 * Says whether a row has the same values as the row before, so that its {@code parent_id} is a
 * difference (OTAP-FORMAT 3.2). The two reference implementations differ in what is the same.
 */
abstract class RowChain {

  /** What is the same. */
  enum Rule {
    /**
     * The Rust engine: bits of doubles; an attribute without a value is the same as nothing else.
     */
    BITS,
    /** The Go codec: doubles as numbers; an attribute without a value has the default. */
    NUMBERS,
    /** What is written: bits of doubles, and the default in place of no value. */
    WRITTEN
  }

  static RowChain of(OtapTable table, Rule rule) {
    return table.type().isAttributes() ? new Attributes(table, rule) : new Columns(table, rule);
  }

  /** Whether a row, not the first, continues the one before. */
  abstract boolean continues(int row);

  static boolean same(Rule rule, DoubleVector column, int row) {
    double a = Cells.get(column, row - 1);
    double b = Cells.get(column, row);
    return rule == Rule.NUMBERS
        ? a == b
        : Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  static boolean same(BinaryVector column, int row) {
    int size = Cells.size(column, row);
    if (size != Cells.size(column, row - 1)) {
      return false;
    }
    if (size == 0) {
      return true;
    }
    int a = column.start(row - 1);
    int b = column.start(row);
    return a == b || Arrays.equals(column.data(), a, a + size, column.data(), b, b + size);
  }

  private static final class Attributes extends RowChain {

    private final Rule rule;
    private final BinaryVector keys;
    private final AnyValueColumns values;

    Attributes(OtapTable table, Rule rule) {
      this.rule = rule;
      this.keys = table.binaryVector("key");
      this.values = AnyValueColumns.of(table, "");
    }

    @Override
    boolean continues(int row) {
      AttributeType type = values.type(row);
      return type != null
          && type.chains()
          && values.typeCode(row - 1) == type.code()
          && same(keys, row)
          && sameValue(type, row);
    }

    private boolean sameValue(AttributeType type, int row) {
      return switch (type) {
        case STRING -> there(values.strings(), row) && same(values.strings(), row);
        case INT ->
            there(values.ints(), row)
                && Cells.get(values.ints(), row) == Cells.get(values.ints(), row - 1);
        case DOUBLE -> there(values.doubles(), row) && same(rule, values.doubles(), row);
        case BOOL ->
            there(values.bools(), row)
                && Cells.get(values.bools(), row) == Cells.get(values.bools(), row - 1);
        default -> there(values.bytes(), row) && same(values.bytes(), row);
      };
    }

    private boolean there(Vector column, int row) {
      return rule != Rule.BITS || !Cells.isNull(column, row) && !Cells.isNull(column, row - 1);
    }
  }

  private static final class Columns extends RowChain {

    private final Rule rule;
    private final Vector[] columns;
    private final boolean[] nullCounts;
    private final boolean[] fixed;

    Columns(OtapTable table, Rule rule) {
      this.rule = rule;
      var chained = table.type().chainedBy().stream().filter(c -> table.vector(c) != null).toList();
      this.columns = chained.stream().map(table::vector).toArray(Vector[]::new);
      this.nullCounts = new boolean[columns.length];
      this.fixed = new boolean[columns.length];
      for (int i = 0; i < columns.length; i++) {
        Column column = chained.get(i);
        nullCounts[i] = column.nulls() == Nulls.ABSENT;
        fixed[i] = column.type().fixedLength() > 0;
      }
    }

    @Override
    boolean continues(int row) {
      for (int i = 0; i < columns.length; i++) {
        Vector column = columns[i];
        if (nullCounts[i] && column.isNull(row) != column.isNull(row - 1)
            || !sameValue(column, fixed[i], row)) {
          return false;
        }
      }
      return true;
    }

    private boolean sameValue(Vector column, boolean fixed, int row) {
      if (column instanceof BinaryVector binary) {
        // Ids of zeros are none, and written for none.
        return fixed && !Cells.hasId(binary, row) && !Cells.hasId(binary, row - 1)
            || same(binary, row);
      } else if (column instanceof DoubleVector doubles) {
        return same(rule, doubles, row);
      } else if (column instanceof LongVector longs) {
        return longs.get(row) == longs.get(row - 1);
      } else if (column instanceof IntVector ints) {
        return ints.get(row) == ints.get(row - 1);
      }
      ByteVector bytes = (ByteVector) column;
      return bytes.get(row) == bytes.get(row - 1);
    }
  }
}

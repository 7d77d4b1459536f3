/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.select.AnyOf;
import io.otap.core.select.NumberRange;
import io.otap.core.select.RootCondition;
import io.otap.core.select.TimeRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** Compares root rows with conditions on their columns. */
final class RowMatcher {

  /** One condition, for a block of rows. */
  private interface Test {

    /** Whether a row of the block meets the condition. */
    IntPredicate on(OtapTable rows);
  }

  private final List<Test> tests = new ArrayList<>();

  RowMatcher(PayloadType type, List<RootCondition> conditions) {
    for (RootCondition condition : conditions) {
      if (condition instanceof TimeRange range) {
        tests.add(rows -> time(range, rows));
      } else if (condition instanceof NumberRange range) {
        Column column = type.column(range.column());
        tests.add(rows -> number(range, column, rows.vector(column)));
      } else if (condition instanceof AnyOf any) {
        tests.add(new StringTest(any, type.column(any.column())));
      }
    }
  }

  /** Takes the rows out that do not meet the conditions; row 0 of the table has bit {@code at}. */
  void retain(OtapTable rows, BitSet kept, int at) {
    for (Test test : tests) {
      IntPredicate holds = test.on(rows);
      int end = at + rows.rows();
      for (int bit = kept.nextSetBit(at); bit >= 0 && bit < end; bit = kept.nextSetBit(bit + 1)) {
        if (!holds.test(bit - at)) {
          kept.clear(bit);
        }
      }
    }
  }

  private static IntPredicate time(TimeRange range, OtapTable rows) {
    LongVector[] times = range.columns().stream().map(rows::longVector).toArray(LongVector[]::new);
    return row -> {
      long nanos = 0;
      for (int i = 0; i < times.length && nanos == 0; i++) {
        nanos = Cells.get(times[i], row);
      }
      return range.holds(nanos);
    };
  }

  private static IntPredicate number(NumberRange range, Column column, Vector vector) {
    boolean nulls = column.nulls() == Column.Nulls.DEFAULT && range.holds(0);
    if (vector == null) {
      return row -> nulls;
    }
    if (vector instanceof LongVector longs) {
      return row -> longs.isNull(row) ? nulls : range.holds(longs.get(row));
    }
    if (vector instanceof ByteVector bytes) {
      return row -> bytes.isNull(row) ? nulls : range.holds(bytes.get(row) & 0xff);
    }
    IntVector ints = (IntVector) vector;
    long mask = column.type() == ColumnType.INT32 ? -1L : 0xffff_ffffL;
    return row -> ints.isNull(row) ? nulls : range.holds(ints.get(row) & mask);
  }

  /** Compares each entry of a dictionary once. */
  private static final class StringTest implements Test {

    private final Column column;
    private final WantedValues values;
    private final boolean nulls;

    /** The dictionary that was compared last, and the answers. */
    private byte[] known;

    private BitSet answers;

    StringTest(AnyOf any, Column column) {
      this.column = column;
      this.values = WantedValues.of(any, column.type());
      this.nulls = any.values().contains("");
    }

    @Override
    public IntPredicate on(OtapTable rows) {
      BinaryVector vector = (BinaryVector) rows.vector(column);
      if (vector == null) {
        return row -> nulls;
      }
      int[] entries = vector.ids();
      if (entries == null) {
        return row -> vector.isNull(row) ? nulls : entry(vector, row);
      }
      if (known != vector.data()) {
        known = vector.data();
        answers = new BitSet();
        for (int entry = 0; entry + 1 < vector.offsets().length; entry++) {
          answers.set(entry, entry(vector, entry));
        }
      }
      BitSet holds = answers;
      return row -> vector.isNull(row) ? nulls : holds.get(entries[row]);
    }

    private boolean entry(BinaryVector vector, int entry) {
      return values.contains(vector.data(), vector.offsets()[entry], vector.offsets()[entry + 1]);
    }
  }
}

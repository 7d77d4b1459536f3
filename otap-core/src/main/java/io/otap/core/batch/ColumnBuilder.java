/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Nulls;
import java.util.Arrays;

/**
 * Collects the values of a column, row by row in ascending order; rows left out are null. A column
 * without any value, or with nothing but defaults where a null means the default, becomes absent.
 */
@Internal
public abstract sealed class ColumnBuilder
    permits ByteColumnBuilder,
        IntColumnBuilder,
        LongColumnBuilder,
        DoubleColumnBuilder,
        BinaryColumnBuilder,
        ListColumnBuilder {

  private final boolean nullIsDefault;
  private long[] validity = new long[1];
  private int values;
  private boolean significant;

  ColumnBuilder(Column column) {
    this.nullIsDefault = column.nulls() == Nulls.DEFAULT;
  }

  static ColumnBuilder of(Column column) {
    if (column.list()) {
      return new ListColumnBuilder(column);
    }
    return switch (column.type().storage()) {
      case BYTES -> new ByteColumnBuilder(column);
      case INTS -> new IntColumnBuilder(column);
      case LONGS -> new LongColumnBuilder(column);
      case DOUBLES -> new DoubleColumnBuilder(column);
      case BINARY -> new BinaryColumnBuilder(column);
    };
  }

  /** The column of a table of this many rows; null if absent. */
  final Vector build(int rows) {
    if (values == 0 || nullIsDefault && !significant) {
      return null;
    }
    return build(rows, values == rows ? null : Arrays.copyOf(validity, (rows + 63) >>> 6));
  }

  abstract Vector build(int rows, long[] validity);

  final void present(int row, boolean isDefault) {
    if (row >>> 6 >= validity.length) {
      validity = Arrays.copyOf(validity, Math.max(2 * validity.length, (row >>> 6) + 1));
    }
    Validity.set(validity, row);
    values++;
    significant |= !isDefault;
  }
}

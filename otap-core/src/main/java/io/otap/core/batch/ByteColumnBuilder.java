/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import java.util.Arrays;

/** Collects a column of {@link ByteVector}. */
@Internal
public final class ByteColumnBuilder extends ColumnBuilder {

  private byte[] values = new byte[16];

  ByteColumnBuilder(Column column) {
    super(column);
  }

  public void set(int row, byte value) {
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, row + 1));
    }
    values[row] = value;
    present(row, value == 0);
  }

  @Override
  Vector build(int rows, long[] validity) {
    return new ByteVector(rows, validity, Arrays.copyOf(values, rows));
  }
}

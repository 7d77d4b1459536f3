/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.ColumnType;
import java.util.Arrays;

/** Numbers of up to 32 bits; unsigned ones have the same bits. */
@PublicEvolving
public final class IntVector extends Vector {

  private final int[] values;

  /**
   * @param values one for each row, zero under a null; not copied
   * @param validity bitmap of the rows with a value, or null if all have one; not copied
   */
  public IntVector(int length, long[] validity, int[] values) {
    super(length, validity);
    this.values = values;
  }

  public int get(int row) {
    return values[row];
  }

  /** The buffer; at least {@link #length()} long. */
  public int[] values() {
    return values;
  }

  @Override
  public ColumnType.Storage storage() {
    return ColumnType.Storage.INTS;
  }

  @Override
  public IntVector gather(int[] rows, int from, int to) {
    int[] out = new int[to - from];
    for (int i = from; i < to; i++) {
      out[i - from] = values[rows[i]];
    }
    return new IntVector(out.length, Validity.gather(validity(), rows, from, to), out);
  }

  @Override
  IntVector placed(Placement rows) {
    rows.take(validity());
    int[] from = rows.from();
    int[] to = rows.to();
    int[] out = new int[rows.length()];
    for (int k = 0; k < rows.count(); k++) {
      out[to[k]] = values[from[k]];
    }
    return new IntVector(out.length, rows.validity(), out);
  }

  @Override
  public IntVector slice(int from, int to) {
    if (from == 0 && to == length()) {
      return this;
    }
    return new IntVector(
        to - from, Validity.slice(validity(), from, to), Arrays.copyOfRange(values, from, to));
  }

  @Override
  public long bytes() {
    return 4L * length() + validityBytes();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.ColumnType;
import java.util.Arrays;

/** Numbers of 64 bits, timestamps, durations; unsigned ones have the same bits. */
@PublicEvolving
public final class LongVector extends Vector {

  private final long[] values;

  /**
   * @param values one for each row, zero under a null; not copied
   * @param validity bitmap of the rows with a value, or null if all have one; not copied
   */
  public LongVector(int length, long[] validity, long[] values) {
    super(length, validity);
    this.values = values;
  }

  public long get(int row) {
    return values[row];
  }

  /** The buffer; at least {@link #length()} long. */
  public long[] values() {
    return values;
  }

  @Override
  public ColumnType.Storage storage() {
    return ColumnType.Storage.LONGS;
  }

  @Override
  public LongVector gather(int[] rows, int from, int to) {
    long[] out = new long[to - from];
    for (int i = from; i < to; i++) {
      out[i - from] = values[rows[i]];
    }
    return new LongVector(out.length, Validity.gather(validity(), rows, from, to), out);
  }

  @Override
  LongVector placed(Placement rows) {
    rows.take(validity());
    int[] from = rows.from();
    int[] to = rows.to();
    long[] out = new long[rows.length()];
    for (int k = 0; k < rows.count(); k++) {
      out[to[k]] = values[from[k]];
    }
    return new LongVector(out.length, rows.validity(), out);
  }

  @Override
  public LongVector slice(int from, int to) {
    if (from == 0 && to == length()) {
      return this;
    }
    return new LongVector(
        to - from, Validity.slice(validity(), from, to), Arrays.copyOfRange(values, from, to));
  }

  @Override
  public long bytes() {
    return 8L * length() + validityBytes();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.ColumnType;
import java.util.Arrays;

/** Doubles. */
@PublicEvolving
public final class DoubleVector extends Vector {

  private final double[] values;

  /**
   * @param values one for each row, zero under a null; not copied
   * @param validity bitmap of the rows with a value, or null if all have one; not copied
   */
  public DoubleVector(int length, long[] validity, double[] values) {
    super(length, validity);
    this.values = values;
  }

  public double get(int row) {
    return values[row];
  }

  /** The buffer; at least {@link #length()} long. */
  public double[] values() {
    return values;
  }

  @Override
  public ColumnType.Storage storage() {
    return ColumnType.Storage.DOUBLES;
  }

  @Override
  public DoubleVector gather(int[] rows, int from, int to) {
    double[] out = new double[to - from];
    for (int i = from; i < to; i++) {
      out[i - from] = values[rows[i]];
    }
    return new DoubleVector(out.length, Validity.gather(validity(), rows, from, to), out);
  }

  @Override
  DoubleVector placed(Placement rows) {
    rows.take(validity());
    int[] from = rows.from();
    int[] to = rows.to();
    double[] out = new double[rows.length()];
    for (int k = 0; k < rows.count(); k++) {
      out[to[k]] = values[from[k]];
    }
    return new DoubleVector(out.length, rows.validity(), out);
  }

  @Override
  public DoubleVector slice(int from, int to) {
    if (from == 0 && to == length()) {
      return this;
    }
    return new DoubleVector(
        to - from, Validity.slice(validity(), from, to), Arrays.copyOfRange(values, from, to));
  }

  @Override
  public long bytes() {
    return 8L * length() + validityBytes();
  }
}

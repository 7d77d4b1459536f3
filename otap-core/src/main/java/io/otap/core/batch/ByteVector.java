/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.ColumnType;
import java.util.Arrays;

/** Booleans (0, 1) and unsigned 8-bit numbers. */
@PublicEvolving
public final class ByteVector extends Vector {

  private final byte[] values;

  /**
   * @param values one for each row, zero under a null; not copied
   * @param validity bitmap of the rows with a value, or null if all have one; not copied
   */
  public ByteVector(int length, long[] validity, byte[] values) {
    super(length, validity);
    this.values = values;
  }

  public byte get(int row) {
    return values[row];
  }

  /** The buffer; at least {@link #length()} long. */
  public byte[] values() {
    return values;
  }

  @Override
  public ColumnType.Storage storage() {
    return ColumnType.Storage.BYTES;
  }

  @Override
  public ByteVector gather(int[] rows, int from, int to) {
    byte[] out = new byte[to - from];
    for (int i = from; i < to; i++) {
      out[i - from] = values[rows[i]];
    }
    return new ByteVector(out.length, Validity.gather(validity(), rows, from, to), out);
  }

  @Override
  ByteVector placed(Placement rows) {
    rows.take(validity());
    int[] from = rows.from();
    int[] to = rows.to();
    byte[] out = new byte[rows.length()];
    for (int k = 0; k < rows.count(); k++) {
      out[to[k]] = values[from[k]];
    }
    return new ByteVector(out.length, rows.validity(), out);
  }

  @Override
  public ByteVector slice(int from, int to) {
    if (from == 0 && to == length()) {
      return this;
    }
    return new ByteVector(
        to - from, Validity.slice(validity(), from, to), Arrays.copyOfRange(values, from, to));
  }

  @Override
  public long bytes() {
    return 1L * length() + validityBytes();
  }
}

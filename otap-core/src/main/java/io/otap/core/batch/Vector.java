/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.ColumnType;

/**
 * The values of one column, in heap buffers of Arrow's layout: no object per value. Immutable; the
 * buffers are shared, never changed, and callers must not change them either.
 *
 * <p>The value under a null is zero, or of no bytes, in every vector.
 */
@PublicEvolving
public abstract sealed class Vector
    permits ByteVector, IntVector, LongVector, DoubleVector, BinaryVector, ListVector {

  private final int length;
  private final long[] validity;

  Vector(int length, long[] validity) {
    this.length = length;
    this.validity = validity;
  }

  /** How the values are held. For a list, how its elements are. */
  public abstract ColumnType.Storage storage();

  /** A vector of the rows {@code rows[from..to)} in that order. */
  public abstract Vector gather(int[] rows, int from, int to);

  /**
   * The same of a vector with nulls, in time that depends on its values; null if it cannot be done.
   */
  abstract Vector placed(Placement rows);

  /** A vector of the rows from {@code from} to {@code to}, exclusive. */
  public abstract Vector slice(int from, int to);

  /** Bytes of the buffers, as an estimate for bounds; a dictionary counts in full. */
  public abstract long bytes();

  /** Bytes without a dictionary, which other vectors may share. */
  public long exclusiveBytes() {
    return bytes();
  }

  public final int length() {
    return length;
  }

  public final boolean isNull(int row) {
    return validity != null && (validity[row >>> 6] >>> row & 1) == 0;
  }

  public final boolean hasNulls() {
    return validity != null;
  }

  /** Bitmap of the rows with a value; null if all have one. */
  public final long[] validity() {
    return validity;
  }

  final long validityBytes() {
    return validity == null ? 0 : 8L * validity.length;
  }
}

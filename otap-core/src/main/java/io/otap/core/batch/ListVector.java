/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.ColumnType;

/** Lists of numbers. A null list has no elements; elements are never null. */
@PublicEvolving
public final class ListVector extends Vector {

  private final int[] offsets;
  private final Vector elements;

  /**
   * @param offsets start of each row's elements, and the end of the last
   */
  public ListVector(int length, long[] validity, int[] offsets, Vector elements) {
    super(length, validity);
    this.offsets = offsets;
    this.elements = elements;
  }

  public int start(int row) {
    return offsets[row];
  }

  public int size(int row) {
    return offsets[row + 1] - offsets[row];
  }

  public int[] offsets() {
    return offsets;
  }

  public Vector elements() {
    return elements;
  }

  @Override
  public ColumnType.Storage storage() {
    return elements.storage();
  }

  @Override
  public ListVector gather(int[] rows, int from, int to) {
    int n = to - from;
    int[] starts = new int[n + 1];
    for (int i = 0; i < n; i++) {
      starts[i + 1] = starts[i] + size(rows[from + i]);
    }
    int[] picked = new int[starts[n]];
    for (int i = 0; i < n; i++) {
      int start = start(rows[from + i]);
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        picked[k] = start + k - starts[i];
      }
    }
    return new ListVector(
        n,
        Validity.gather(validity(), rows, from, to),
        starts,
        elements.gather(picked, 0, picked.length));
  }

  @Override
  ListVector placed(Placement rows) {
    return null;
  }

  @Override
  public ListVector slice(int from, int to) {
    if (from == 0 && to == length()) {
      return this;
    }
    int n = to - from;
    int base = offsets[from];
    int[] starts = new int[n + 1];
    for (int i = 0; i <= n; i++) {
      starts[i] = offsets[from + i] - base;
    }
    return new ListVector(
        n, Validity.slice(validity(), from, to), starts, elements.slice(base, base + starts[n]));
  }

  @Override
  public long bytes() {
    return 4L * offsets.length + elements.bytes() + validityBytes();
  }
}

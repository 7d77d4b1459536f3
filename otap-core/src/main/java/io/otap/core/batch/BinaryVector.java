/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.model.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings and bytes, of any or of a fixed length. Either plain (row i is entry i) or with a
 * dictionary (row i is entry {@code ids[i]}); entries of a dictionary need not be distinct nor in
 * use. A null row has no bytes.
 */
@PublicEvolving
public final class BinaryVector extends Vector {

  private final int[] ids;
  private final int[] offsets;
  private final byte[] data;

  /**
   * @param ids entry of each row, or null if row i is entry i; under a null, any valid entry or 0
   * @param offsets start of each entry in {@code data}, and the end of the last
   */
  public BinaryVector(int length, long[] validity, int[] ids, int[] offsets, byte[] data) {
    super(length, validity);
    this.ids = ids;
    this.offsets = offsets;
    this.data = data;
  }

  /** The entry of a row in {@link #offsets()}. */
  public int entry(int row) {
    return ids == null ? row : ids[row];
  }

  /** Where the value of a row begins in {@link #data()}. */
  public int start(int row) {
    return offsets[entry(row)];
  }

  /** Bytes of the value of a row; 0 for a null. */
  public int size(int row) {
    if (isNull(row)) {
      return 0;
    }
    int entry = entry(row);
    return offsets[entry + 1] - offsets[entry];
  }

  /** The bytes of all entries; not to be changed. */
  public byte[] data() {
    return data;
  }

  /** Start of each entry, and the end of the last; not to be changed. */
  public int[] offsets() {
    return offsets;
  }

  /** Entry of each row, or null if row i is entry i; not to be changed. */
  public int[] ids() {
    return ids;
  }

  public boolean hasDictionary() {
    return ids != null;
  }

  /** Whether the rows of both refer to the same entries. */
  boolean sharesDictionary(BinaryVector other) {
    return ids != null && other.ids != null && data == other.data && offsets == other.offsets;
  }

  public byte[] bytes(int row) {
    int size = size(row);
    return size == 0 ? new byte[0] : Arrays.copyOfRange(data, start(row), start(row) + size);
  }

  public String string(int row) {
    int size = size(row);
    return size == 0 ? "" : new String(data, start(row), size, StandardCharsets.UTF_8);
  }

  @Override
  public ColumnType.Storage storage() {
    return ColumnType.Storage.BINARY;
  }

  @Override
  public BinaryVector gather(int[] rows, int from, int to) {
    int n = to - from;
    long[] validity = Validity.gather(validity(), rows, from, to);
    if (ids != null) {
      int[] out = new int[n];
      for (int i = 0; i < n; i++) {
        out[i] = ids[rows[from + i]];
      }
      return new BinaryVector(n, validity, out, offsets, data);
    }
    int[] starts = new int[n + 1];
    for (int i = 0; i < n; i++) {
      starts[i + 1] = starts[i] + size(rows[from + i]);
    }
    byte[] out = new byte[starts[n]];
    for (int i = 0; i < n; i++) {
      System.arraycopy(data, start(rows[from + i]), out, starts[i], starts[i + 1] - starts[i]);
    }
    return new BinaryVector(n, validity, null, starts, out);
  }

  @Override
  BinaryVector placed(Placement rows) {
    if (ids == null) {
      return null;
    }
    rows.take(validity());
    int[] from = rows.from();
    int[] to = rows.to();
    int[] out = new int[rows.length()];
    for (int k = 0; k < rows.count(); k++) {
      out[to[k]] = ids[from[k]];
    }
    return new BinaryVector(out.length, rows.validity(), out, offsets, data);
  }

  @Override
  public BinaryVector slice(int from, int to) {
    if (from == 0 && to == length()) {
      return this;
    }
    int n = to - from;
    long[] validity = Validity.slice(validity(), from, to);
    if (ids != null) {
      return new BinaryVector(n, validity, Arrays.copyOfRange(ids, from, to), offsets, data);
    }
    int base = offsets[from];
    int[] starts = new int[n + 1];
    for (int i = 0; i <= n; i++) {
      starts[i] = offsets[from + i] - base;
    }
    return new BinaryVector(
        n, validity, null, starts, Arrays.copyOfRange(data, base, base + starts[n]));
  }

  @Override
  public long bytes() {
    return 4L * (ids == null ? 0 : length()) + 4L * offsets.length + data.length + validityBytes();
  }

  @Override
  public long exclusiveBytes() {
    return ids == null ? bytes() : 4L * length() + validityBytes();
  }
}

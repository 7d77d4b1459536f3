/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.model.Column.Wire;
import io.otap.core.model.ColumnType;
import java.util.Arrays;

/**
 * Collects a column of {@link BinaryVector}: with a dictionary where the model expects few
 * different values (strings that receivers accept with 8-bit keys), else plain.
 */
@Internal
public final class BinaryColumnBuilder extends ColumnBuilder {

  private final boolean dictionary;
  private int[] offsets = new int[17];
  private byte[] data = new byte[64];
  private int entries;

  /** With a dictionary: entry of each row. */
  private int[] ids = new int[16];

  /** With a dictionary: entries by hash, -1 where free. */
  private int[] slots = new int[32];

  BinaryColumnBuilder(Column column) {
    super(column);
    dictionary = column.type() == ColumnType.UTF8 && column.wire() == Wire.DICTIONARY_8;
    Arrays.fill(slots, -1);
  }

  public void set(int row, String value) {
    set(row, value.getBytes(UTF_8));
  }

  public void set(int row, byte[] value) {
    if (dictionary) {
      if (row >= ids.length) {
        ids = Arrays.copyOf(ids, Math.max(2 * ids.length, row + 1));
      }
      ids[row] = entry(value);
    } else {
      fill(row);
      append(value);
    }
    present(row, value.length == 0);
  }

  @Override
  Vector build(int rows, long[] validity) {
    if (!dictionary) {
      fill(rows);
    }
    return new BinaryVector(
        rows,
        validity,
        dictionary ? Arrays.copyOf(ids, rows) : null,
        Arrays.copyOf(offsets, entries + 1),
        Arrays.copyOf(data, offsets[entries]));
  }

  private int entry(byte[] value) {
    int slot = slot(value, 0, value.length);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    slots[slot] = entries;
    append(value);
    if (2 * entries > slots.length) {
      slots = new int[4 * slots.length];
      Arrays.fill(slots, -1);
      for (int i = 0; i < entries; i++) {
        slots[slot(data, offsets[i], offsets[i + 1])] = i;
      }
    }
    return entries - 1;
  }

  /** The slot of an equal entry, or a free one. */
  private int slot(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 16) & slots.length - 1;
    while (slots[slot] >= 0 && !isEntry(slots[slot], bytes, from, to)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private boolean isEntry(int entry, byte[] bytes, int from, int to) {
    return Arrays.equals(data, offsets[entry], offsets[entry + 1], bytes, from, to);
  }

  /** Gives the rows up to this one, exclusive, an entry without bytes each. */
  private void fill(int row) {
    while (entries < row) {
      append(new byte[0]);
    }
  }

  private void append(byte[] value) {
    int start = offsets[entries];
    int end = Math.addExact(start, value.length);
    if (end > data.length) {
      data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * end, 64)));
    }
    System.arraycopy(value, 0, data, start, value.length);
    if (++entries == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * entries);
    }
    offsets[entries] = end;
  }
}

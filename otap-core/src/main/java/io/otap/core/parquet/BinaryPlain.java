/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;
import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.Arrays;

/** Values with their bytes one behind the other: ends of the entries, and the bytes. */
final class BinaryPlain {

  /** Start of the first entry, then the end of each. */
  int[] offsets = new int[1];

  byte[] data = new byte[0];
  int entries;

  void ensureEntries(int more) {
    if (offsets.length < entries + more + 1) {
      offsets = Arrays.copyOf(offsets, Math.max(entries + more + 1, offsets.length * 2));
    }
  }

  void add(byte[] source, int from, int length) throws IOException {
    int at = offsets[entries];
    reserve(length);
    System.arraycopy(source, from, data, at, length);
    offsets[++entries] = at + length;
  }

  /** Adds {@code n} values of one length, from one to the next {@code step} bytes. */
  void addFixed(byte[] source, int from, int step, int length, int n) throws IOException {
    reserve((long) n * length);
    int at = offsets[entries];
    if (step == length) {
      System.arraycopy(source, from, data, at, n * length);
      for (int i = 1; i <= n; i++) {
        offsets[entries + i] = at + i * length;
      }
    } else {
      for (int i = 0; i < n; i++) {
        System.arraycopy(source, from + i * step, data, at + i * length, length);
        offsets[entries + i + 1] = at + (i + 1) * length;
      }
    }
    entries += n;
  }

  /** Makes room for {@code more} bytes. */
  void reserve(long more) throws IOException {
    long need = offsets[entries] + more;
    if (more < 0 || need > Integer.MAX_VALUE - 64) {
      throw OtapException.of(
          more < 0 ? CORRUPT : SCHEMA,
          "the values of one step take " + need + " bytes, more than an array holds");
    }
    if (need > data.length) {
      data = Arrays.copyOf(data, (int) Math.max(need, Math.min(data.length * 2L, 1 << 30)));
    }
  }

  /** Entries without bytes. */
  void addEmpty(int n) {
    ensureEntries(n);
    Arrays.fill(offsets, entries + 1, entries + n + 1, offsets[entries]);
    entries += n;
  }

  void clear() {
    entries = 0;
  }
}

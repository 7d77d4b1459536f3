/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Vector;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;

/** Booleans, eight in a byte. */
final class BooleanEncoder extends ValueEncoder {

  private boolean[] page = new boolean[128];
  private boolean anyTrue;
  private boolean anyFalse;

  @Override
  void add(Vector vector, int from, int to) {
    ByteVector bytes = (ByteVector) vector;
    for (int row = from; row < to; row++) {
      if (bytes.isNull(row)) {
        continue;
      }
      if (values() == page.length) {
        page = Arrays.copyOf(page, 2 * page.length);
      }
      boolean value = bytes.get(row) != 0;
      page[values()] = value;
      anyTrue |= value;
      anyFalse |= !value;
      countValue();
    }
  }

  @Override
  boolean hasDictionary() {
    return false;
  }

  @Override
  int entries() {
    return 0;
  }

  @Override
  int dictionaryBytes() {
    return 0;
  }

  @Override
  void dictionary(PageBytes out) {
    throw new IllegalStateException("booleans have no dictionary");
  }

  @Override
  void dropDictionary() {}

  @Override
  long plainBytes() {
    return (values() + 7) / 8;
  }

  @Override
  void plain(PageBytes out) {
    for (int i = 0; i < values(); i += 8) {
      int octet = 0;
      for (int k = 0; k < 8 && i + k < values(); k++) {
        octet |= (page[i + k] ? 1 : 0) << k;
      }
      out.write(octet);
    }
  }

  @Override
  boolean statistics(Statistics<?> statistics) {
    if (anyTrue) {
      statistics.updateStats(true);
    }
    if (anyFalse) {
      statistics.updateStats(false);
    }
    return true;
  }

  @Override
  void clear() {
    super.clear();
    anyTrue = false;
    anyFalse = false;
  }
}

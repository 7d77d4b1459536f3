/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * Smallest and largest value of integers from a file's statistics, in the order of the column's
 * type: unsigned for UINT types.
 */
final class IntegerStatistics {

  private IntegerStatistics() {}

  /** Whether the chunk has a value; true if its statistics do not tell. */
  static boolean hasValues(ColumnMetaData chunk) {
    if (chunk.getNum_values() <= 0) {
      return false;
    }
    Statistics statistics = chunk.getStatistics();
    return statistics == null
        || !statistics.isSetNull_count()
        || statistics.getNull_count() < chunk.getNum_values();
  }

  /** Smallest and largest value of a chunk, or null without usable statistics. */
  static long[] range(Leaf leaf, ColumnMetaData chunk) {
    Statistics statistics = chunk.getStatistics();
    if (statistics == null) {
      return null;
    }
    if (statistics.isSetMin_value() && statistics.isSetMax_value()) {
      return range(
          leaf,
          ByteBuffer.wrap(statistics.getMin_value()),
          ByteBuffer.wrap(statistics.getMax_value()));
    }
    if (!leaf.isUnsigned() && statistics.isSetMin() && statistics.isSetMax()) {
      return range(
          leaf, ByteBuffer.wrap(statistics.getMin()), ByteBuffer.wrap(statistics.getMax()));
    }
    return null;
  }

  /**
   * Null if the bytes are no such values, or if their order is not that of the values: a signed
   * 32-bit column with negative values may hold unsigned ids.
   */
  static long[] range(Leaf leaf, ByteBuffer min, ByteBuffer max) {
    long low;
    long high;
    if (leaf.type() == Type.INT32 && min.remaining() == 4 && max.remaining() == 4) {
      low = min.order(ByteOrder.LITTLE_ENDIAN).getInt(min.position());
      high = max.order(ByteOrder.LITTLE_ENDIAN).getInt(max.position());
      if (leaf.isUnsigned()) {
        low &= 0xffffffffL;
        high &= 0xffffffffL;
      } else if (low < 0) {
        return null;
      }
    } else if (leaf.type() == Type.INT64 && min.remaining() == 8 && max.remaining() == 8) {
      low = min.order(ByteOrder.LITTLE_ENDIAN).getLong(min.position());
      high = max.order(ByteOrder.LITTLE_ENDIAN).getLong(max.position());
    } else {
      return null;
    }
    return low <= high ? new long[] {low, high} : null;
  }
}

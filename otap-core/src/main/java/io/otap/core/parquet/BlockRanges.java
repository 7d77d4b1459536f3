/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.Internal;
import io.otap.core.model.Column;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;

/**
 * Smallest and largest value of an integer column by blocks of rows: pages with an index, else
 * blocks of rows from a scan of the column.
 *
 * @param firstRow first row of each block, ascending; the first is 0
 * @param rows rows of the file
 * @param min smallest value of each block; {@link Long#MAX_VALUE} for a block of nulls
 * @param max largest value of each block; {@link Long#MIN_VALUE} for a block of nulls
 */
@Internal
public record BlockRanges(long[] firstRow, long rows, long[] min, long[] max) {

  /** From the column and offset index where the file has them, else by reading the column once. */
  public static BlockRanges read(SeekableInput in, ParquetFooter footer, Column column)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}

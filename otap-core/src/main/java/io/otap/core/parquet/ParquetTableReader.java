/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/** Streams rows of one file as columns of the model. Bounded by pages, never by row groups. */
@Internal
public final class ParquetTableReader implements Closeable {

  /**
   * @param in closed with the reader
   * @param columns columns to read; others are absent from the tables
   * @param firstRow first row of the file to return
   * @param endRow row behind the last
   */
  public static ParquetTableReader open(
      SeekableInput in,
      ParquetFooter footer,
      PayloadType type,
      Collection<Column> columns,
      long firstRow,
      long endRow)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The next rows, at most {@code maxRows}, at least one; null at the end. */
  public OtapTable next(int maxRows) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Row of the file that {@link #next} returns first. */
  public long row() {
    throw new UnsupportedOperationException();
  }

  /** Bytes read from the file so far. */
  public long bytesRead() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {}
}

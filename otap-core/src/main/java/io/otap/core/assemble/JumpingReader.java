/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.storage.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Reads columns of a file forward, and leaves pages out where rows are not wanted. */
final class JumpingReader implements Closeable {

  /**
   * Rows that are worth a jump. Pages are read whole and dictionaries again, so that a short way is
   * faster on foot.
   */
  static final long FAR = 65_536;

  private static final int STEP = 8192;

  private final InputFiles files;
  private final DataFile file;
  private final List<Column> columns;
  private final long endRow;
  private ParquetTableReader reader;

  /** Bytes that closed readers have read. */
  private long bytesRead;

  /**
   * @param endRow row behind the last that can be read
   */
  JumpingReader(InputFiles files, DataFile file, List<Column> columns, long firstRow, long endRow)
      throws IOException {
    this.files = files;
    this.file = file;
    this.columns = columns;
    this.endRow = endRow;
    open(firstRow);
  }

  /** As {@link ParquetTableReader#next}. */
  OtapTable next(int maxRows) throws IOException {
    return reader.next(maxRows);
  }

  /** Row of the file that {@link #next} returns first. */
  long row() {
    return reader.row();
  }

  /** Goes forward to a row. */
  void pass(long row) throws IOException {
    if (row - reader.row() >= FAR) {
      close();
      bytesRead += reader.bytesRead();
      open(row);
    }
    while (reader.row() < row) {
      reader.next((int) Math.min(STEP, row - reader.row()));
    }
  }

  long bytesRead() {
    return bytesRead + reader.bytesRead();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void open(long row) throws IOException {
    SeekableInput in = files.open(file);
    try {
      ParquetFooter footer = files.footer(in, file);
      reader = ParquetTableReader.open(in, footer, file.table(), columns, row, endRow);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}

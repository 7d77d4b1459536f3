/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.SeekableInput;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/**
 * Streams rows of one file as columns of the model. Its memory is bounded by the largest page of
 * each column and {@link StepLimit}, never by row groups.
 */
@Internal
public final class ParquetTableReader implements Closeable {

  private final PageFile in;
  private final ParquetFooter footer;
  private final PayloadType type;
  private final ColumnReader[] readers;
  private final StepLimit limit;
  private final boolean filledInts;
  private final boolean undecidableZeros;
  private final boolean recycles;
  private final long endRow;
  private long row;
  private long undecidableValues;
  private IOException failure;

  private ParquetTableReader(
      PageFile in,
      ParquetFooter footer,
      PayloadType type,
      long firstRow,
      long endRow,
      boolean recycles) {
    this.in = in;
    this.footer = footer;
    this.type = type;
    this.readers = new ColumnReader[type.columns().size()];
    this.limit = new StepLimit(in, footer);
    this.filledInts = ExemplarFillers.hasFilledInts(footer, type);
    this.undecidableZeros = ExemplarFillers.hasUndecidableZeros(footer, type);
    this.recycles = recycles;
    this.row = firstRow;
    this.endRow = Math.min(endRow, footer.rows());
  }

  /**
   * @param in closed with the reader, and when it cannot be opened
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
    return open(in, footer, type, columns, firstRow, endRow, false);
  }

  /**
   * The same for tables that are looked at once: {@link #next} overwrites the values of the table
   * that it returned before.
   */
  public static ParquetTableReader scan(
      SeekableInput in,
      ParquetFooter footer,
      PayloadType type,
      Collection<Column> columns,
      long firstRow,
      long endRow)
      throws IOException {
    return open(in, footer, type, columns, firstRow, endRow, true);
  }

  private static ParquetTableReader open(
      SeekableInput in,
      ParquetFooter footer,
      PayloadType type,
      Collection<Column> columns,
      long firstRow,
      long endRow,
      boolean recycles)
      throws IOException {
    if (firstRow < 0) {
      throw new IllegalArgumentException("row " + firstRow);
    }
    ParquetTableReader reader =
        new ParquetTableReader(new PageFile(in, footer), footer, type, firstRow, endRow, recycles);
    try {
      if (reader.row < reader.endRow) {
        reader.checkHead();
        for (Column column : columns) {
          reader.open(column);
        }
      }
      return reader;
    } catch (IOException e) {
      try (reader) {
        throw e;
      }
    }
  }

  private void checkHead() throws IOException {
    try {
      footer.checkHead(in);
    } catch (IOException | RuntimeException e) {
      throw explain(e, null);
    }
  }

  private void open(Column column) throws IOException {
    try {
      Leaf leaf = footer.leaf(column.path());
      if (leaf == null) {
        if (column.nulls() == Column.Nulls.REFUSED) {
          throw OtapException.of(
              SCHEMA,
              "the file does not have the column, which every row needs; it is not from an OTAP"
                  + " exporter or in the wrong folder");
        }
      } else if (!ExemplarFillers.isFiller(footer, type, column)) {
        readers[column.index()] = ColumnMapping.reader(in, footer, column, row, endRow, recycles);
        limit.add(leaf);
      }
    } catch (IOException | RuntimeException e) {
      throw explain(e, column);
    }
  }

  /**
   * The next rows, at most {@code maxRows}, at least one; null at the end. Fewer where they are
   * large, and at the end of a row group.
   */
  public OtapTable next(int maxRows) throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (row >= endRow) {
      return null;
    }
    int rows = step(maxRows);
    Vector[] vectors = new Vector[readers.length];
    for (Column column : type.columns()) {
      ColumnReader reader = readers[column.index()];
      if (reader != null) {
        vectors[column.index()] = read(reader, column, rows);
      }
    }
    if (filledInts) {
      dropFilledInts(vectors);
    }
    if (undecidableZeros && vectors[type.column("int_value").index()] instanceof LongVector ints) {
      undecidableValues += ExemplarFillers.zeros(ints);
    }
    row += rows;
    return new OtapTable(type, rows, vectors);
  }

  private int step(int maxRows) throws IOException {
    try {
      return limit.rows(row, (int) Math.min(Math.max(1, maxRows), endRow - row));
    } catch (IOException | RuntimeException e) {
      failure = explain(e, null);
      throw failure;
    }
  }

  private Vector read(ColumnReader reader, Column column, int rows) throws IOException {
    try {
      Vector vector = reader.read(rows);
      ModelCheck.check(type, column, vector, rows, row);
      return vector;
    } catch (IOException | RuntimeException e) {
      failure = explain(e, column);
      throw failure;
    }
  }

  private void dropFilledInts(Vector[] vectors) {
    int ints = type.column("int_value").index();
    int doubles = type.column("double_value").index();
    if (vectors[ints] instanceof LongVector filled) {
      vectors[ints] =
          ExemplarFillers.withoutZeros(
              filled, (DoubleVector) vectors[doubles], readers[doubles] != null);
    }
  }

  private IOException explain(Exception e, Column column) {
    return Explain.at(
        e,
        new Place(null, type.folder(), footer.file(), column == null ? null : column.path(), -1));
  }

  /** Row of the file that {@link #next} returns first. */
  public long row() {
    return row;
  }

  /**
   * Exemplars returned so far with an {@code int_value} of 0 that may be the exporter's filler: the
   * value may as well be a double of 0, or none.
   */
  public long undecidableValues() {
    return undecidableValues;
  }

  /** Bytes read from the file so far. */
  public long bytesRead() {
    return in.bytesRead();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.PageLocation;

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

  private static final int BLOCK = 4096;

  /** From the column and offset index where the file has them, else by reading the column once. */
  public static BlockRanges read(SeekableInput in, ParquetFooter footer, Column column)
      throws IOException {
    try {
      PageFile file = new PageFile(in, footer);
      Leaf leaf = footer.leaf(column.path());
      if (leaf == null || footer.rows() == 0) {
        Blocks blocks = new Blocks();
        if (footer.rows() > 0) {
          blocks.addNulls(0);
        }
        return blocks.ranges(footer.rows());
      }
      BlockRanges indexed = indexed(file, footer, leaf);
      return indexed != null ? indexed : scanned(file, footer, column);
    } catch (IOException | RuntimeException e) {
      throw Explain.at(e, new Place(null, null, footer.file(), column.path(), -1));
    }
  }

  /**
   * Compares the footer's ranges with those of the page indexes, as far as these were read with the
   * footer: a range that is too small would hide the file from those who need it.
   *
   * @throws OtapException of kind CORRUPT if they contradict each other
   */
  public static void check(SeekableInput in, ParquetFooter footer, Column column)
      throws IOException {
    Leaf leaf = footer.leaf(column.path());
    for (int group = 0; leaf != null && group < footer.rowGroups(); group++) {
      ColumnChunk chunk = footer.chunk(group, leaf);
      if (footer.rows(group) > 0
          && footer.hasTail(chunk.getOffset_index_offset(), chunk.getOffset_index_length())
          && footer.hasTail(chunk.getColumn_index_offset(), chunk.getColumn_index_length())) {
        try {
          PageFile file = new PageFile(in, footer);
          if (IntegerStatistics.hasValues(chunk.getMeta_data())) {
            index(file, chunk, leaf, 0, footer.rows(group), new Blocks());
          } else {
            checkNulls(file, chunk, footer.rows(group));
          }
        } catch (IOException | RuntimeException e) {
          throw Explain.at(e, Place.column(column.path()));
        }
      }
    }
  }

  private static void checkNulls(PageFile in, ColumnChunk chunk, long rows) throws IOException {
    List<PageLocation> pages = PageIndex.locations(in, chunk, rows);
    ColumnIndex values = pages == null ? null : PageIndex.values(in, chunk, pages.size());
    if (values != null && values.getNull_pages().contains(false)) {
      throw OtapException.of(
          CORRUPT,
          "the footer tells nulls only, the index of a page tells values; copy the file again");
    }
  }

  /** A row's value is not in the range of its block: the file's index cannot be trusted. */
  public static OtapException contradiction(long value) {
    return OtapException.of(
        CORRUPT,
        "the row has "
            + value
            + ", which is outside the range that the file's index tells for its page; copy the"
            + " file again");
  }

  private static BlockRanges indexed(PageFile in, ParquetFooter footer, Leaf leaf)
      throws IOException {
    Blocks blocks = new Blocks();
    long start = 0;
    for (int group = 0; group < footer.rowGroups(); group++) {
      long rows = footer.rows(group);
      if (rows > 0 && !index(in, footer.chunk(group, leaf), leaf, start, rows, blocks)) {
        return null;
      }
      start += rows;
    }
    return blocks.ranges(footer.rows());
  }

  private static boolean index(
      PageFile in, ColumnChunk chunk, Leaf leaf, long start, long rows, Blocks blocks)
      throws IOException {
    if (!IntegerStatistics.hasValues(chunk.getMeta_data())) {
      blocks.addNulls(start);
      return true;
    }
    List<PageLocation> pages = PageIndex.locations(in, chunk, rows);
    ColumnIndex values = pages == null ? null : PageIndex.values(in, chunk, pages.size());
    if (values == null) {
      return false;
    }
    long[] whole = IntegerStatistics.range(leaf, chunk.getMeta_data());
    for (int i = 0; i < pages.size(); i++) {
      long firstRow = start + pages.get(i).getFirst_row_index();
      if (values.getNull_pages().get(i)) {
        blocks.addNulls(firstRow);
        continue;
      }
      long[] range =
          IntegerStatistics.range(
              leaf, values.getMin_values().get(i), values.getMax_values().get(i));
      if (range == null) {
        return false;
      }
      if (whole != null && (range[0] < whole[0] || range[1] > whole[1])) {
        throw OtapException.of(
            CORRUPT,
            "the index of a page tells values from "
                + range[0]
                + " to "
                + range[1]
                + ", the footer from "
                + whole[0]
                + " to "
                + whole[1]
                + " for the whole column chunk; copy the file again");
      }
      blocks.add(firstRow, range[0], range[1]);
    }
    return true;
  }

  private static BlockRanges scanned(PageFile in, ParquetFooter footer, Column column)
      throws IOException {
    Blocks blocks = new Blocks();
    try (Decompressor held = in.decompressor()) {
      scan(in, footer, column, blocks);
    }
    return blocks.ranges(footer.rows());
  }

  private static void scan(PageFile in, ParquetFooter footer, Column column, Blocks blocks)
      throws IOException {
    ColumnReader reader = ColumnMapping.reader(in, footer, column, 0, footer.rows(), true);
    for (long row = 0; row < footer.rows(); row += BLOCK) {
      int n = (int) Math.min(BLOCK, footer.rows() - row);
      Vector vector = reader.read(n);
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (int i = 0; vector != null && i < n; i++) {
        if (!vector.isNull(i)) {
          long value = value(vector, i, column.type());
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      blocks.add(row, min, max);
    }
  }

  private static long value(Vector vector, int row, ColumnType type) {
    if (vector instanceof IntVector ints) {
      return type == ColumnType.INT32 ? ints.get(row) : ints.get(row) & 0xffffffffL;
    }
    if (vector instanceof ByteVector bytes) {
      return bytes.get(row) & 0xff;
    }
    if (vector instanceof LongVector longs) {
      return longs.get(row);
    }
    throw new IllegalArgumentException("not a column of integers");
  }

  private static final class Blocks {

    private long[] firstRow = new long[16];
    private long[] min = new long[16];
    private long[] max = new long[16];
    private int size;

    void addNulls(long row) {
      add(row, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    void add(long row, long low, long high) {
      if (size == firstRow.length) {
        firstRow = Arrays.copyOf(firstRow, size * 2);
        min = Arrays.copyOf(min, size * 2);
        max = Arrays.copyOf(max, size * 2);
      }
      firstRow[size] = row;
      min[size] = low;
      max[size++] = high;
    }

    BlockRanges ranges(long rows) {
      return new BlockRanges(
          Arrays.copyOf(firstRow, size), rows, Arrays.copyOf(min, size), Arrays.copyOf(max, size));
    }
  }
}

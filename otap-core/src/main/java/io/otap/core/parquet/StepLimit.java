/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageLocation;

/**
 * How many rows of a file may be read at once, so that the values of a step do not take much more
 * memory than {@link #STEP_BYTES} in a column or the largest page, whichever is larger. A step
 * stays within a row group.
 */
final class StepLimit {

  /** Bytes of a step in one column. */
  static final long STEP_BYTES = 2L << 20;

  /** Chunks up to this size are not worth a look at their index: a step has no more than all. */
  private static final long LIGHT_CHUNK = 32L << 20;

  private static final int ELEMENT_BYTES = 8;

  private final PageFile in;
  private final ParquetFooter footer;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<HeavyChunk> heavy = new ArrayList<>();
  private int group = -1;
  private long groupStart;
  private long groupEnd;

  StepLimit(PageFile in, ParquetFooter footer) {
    this.in = in;
    this.footer = footer;
  }

  /** A column that is read. */
  void add(Leaf leaf) {
    boolean fixed =
        switch (leaf.type()) {
          case BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE -> leaf.maxRepetition() == 0;
          default -> false;
        };
    if (!fixed) {
      leaves.add(leaf);
    }
  }

  /** Rows to read from {@code row} on; at least one, at most {@code most}. */
  int rows(long row, int most) throws IOException {
    while (row >= groupEnd) {
      nextGroup();
    }
    long rows = Math.min(most, groupEnd - row);
    for (HeavyChunk chunk : heavy) {
      rows = Math.min(rows, chunk.rows(row - groupStart, rows));
    }
    return (int) Math.max(1, rows);
  }

  private void nextGroup() throws IOException {
    groupStart = groupEnd;
    groupEnd += footer.rows(++group);
    heavy.clear();
    for (Leaf leaf : leaves) {
      ColumnMetaData meta = footer.column(group, leaf);
      long elements = leaf.maxRepetition() > 0 ? ELEMENT_BYTES * meta.getNum_values() : 0;
      long bytes = Math.max(meta.getTotal_uncompressed_size(), elements);
      if (bytes > LIGHT_CHUNK && groupEnd > groupStart) {
        heavy.add(
            new HeavyChunk(
                PageIndex.locations(in, footer.chunk(group, leaf), groupEnd - groupStart),
                groupEnd - groupStart,
                bytes,
                Math.max(1, meta.getTotal_compressed_size())));
      }
    }
  }

  /** A chunk of which a step might take too much. */
  private static final class HeavyChunk {

    private final List<PageLocation> pages;
    private final long rows;
    private final double bytesPerRow;
    private final double expansion;
    private int page;

    /**
     * @param pages null if the file has no index
     */
    HeavyChunk(List<PageLocation> pages, long rows, long bytes, long compressed) {
      this.pages = pages;
      this.rows = rows;
      this.bytesPerRow = (double) bytes / rows;
      this.expansion = Math.max(1, (double) bytes / compressed);
    }

    /** At most {@code most} rows from this row of the group on. */
    long rows(long row, long most) {
      if (pages == null) {
        return (long) (STEP_BYTES / bytesPerRow);
      }
      while (page + 1 < pages.size() && pages.get(page + 1).getFirst_row_index() <= row) {
        page++;
      }
      double left = STEP_BYTES;
      long at = row;
      for (int p = page; p < pages.size() && at < row + most; p++) {
        long first = pages.get(p).getFirst_row_index();
        long end = p + 1 < pages.size() ? pages.get(p + 1).getFirst_row_index() : rows;
        double perRow = expansion * pages.get(p).getCompressed_page_size() / (end - first);
        if (perRow * (end - at) > left) {
          return at - row + (long) (left / perRow);
        }
        left -= perRow * (end - at);
        at = end;
      }
      return most;
    }
  }
}

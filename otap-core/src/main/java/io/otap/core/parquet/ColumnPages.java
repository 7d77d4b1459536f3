/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import java.io.IOException;

/** The pages of a column across row groups, from a row of the file on. */
final class ColumnPages {

  private final PageFile in;
  private final ParquetFooter footer;
  private final Leaf leaf;
  private final long endRow;
  private int group;
  private long groupStart;
  private ColumnChunkReader chunk;
  private long pageStart;

  /**
   * @param endRow row behind the last that will be asked for; spares reading ahead
   */
  ColumnPages(PageFile in, ParquetFooter footer, Leaf leaf, long endRow) {
    this.in = in;
    this.footer = footer;
    this.leaf = leaf;
    this.endRow = endRow;
  }

  /**
   * Leaves whole row groups out that end at or before {@code row}, then pages where it is known.
   */
  void seek(long row) throws IOException {
    if (chunk != null) {
      if (row < groupStart + footer.rows(group)) {
        return;
      }
      leaveGroup();
    }
    while (group < footer.rowGroups() && row >= groupStart + footer.rows(group)) {
      leaveGroup();
    }
    if (group < footer.rowGroups()) {
      openGroup();
      pageStart = groupStart + chunk.jump(row - groupStart, endRow - groupStart);
    }
  }

  /**
   * The next page of the current row group that does not end before {@code row}; null behind it.
   */
  DataPage next(long row) throws IOException {
    if (chunk == null) {
      return null;
    }
    DataPage page = chunk.next(row - groupStart);
    if (page != null && leaf.maxRepetition() == 0) {
      pageStart = groupStart + chunk.row() - page.values();
    }
    return page;
  }

  /** Goes on with the next row group that has rows; false behind the last. */
  boolean nextGroup() throws IOException {
    if (chunk != null) {
      leaveGroup();
    }
    while (group < footer.rowGroups() && footer.rows(group) == 0) {
      leaveGroup();
    }
    if (group == footer.rowGroups()) {
      return false;
    }
    openGroup();
    pageStart = groupStart + chunk.jump(0, endRow - groupStart);
    return true;
  }

  /** First row of the page that {@link #next} returned, or will return after a jump. */
  long pageStart() {
    return pageStart;
  }

  /** Row behind the current row group. */
  long groupEnd() {
    return chunk == null ? groupStart : groupStart + footer.rows(group);
  }

  private void openGroup() throws IOException {
    chunk = new ColumnChunkReader(in, leaf, footer.chunk(group, leaf), footer.rows(group));
  }

  private void leaveGroup() {
    groupStart += footer.rows(group++);
    chunk = null;
  }
}

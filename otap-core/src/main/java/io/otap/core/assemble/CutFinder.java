/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.parquet.BlockRanges;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.ReadSelection;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the cuts of a split by reading the ids of its rows, block by block. What ids come behind a
 * block is known from the index, so no more than a block is in memory.
 */
final class CutFinder {

  /**
   * Bytes in memory that a row takes besides its share of the file: fixed-width columns, indexes.
   */
  private static final long ROOT_ROW_BYTES = 128;

  private static final long CHILD_ROW_BYTES = 48;

  private static final int STEP = 8192;

  private static final long NULL = -1;

  private final SplitPlan plan;
  private final BlockRanges blocks;

  /** Rows before this and from {@link #until} on are of no interest. */
  private final long since;

  private final long until;

  /** By block, the smallest id in it and behind it. */
  private final long[] low;

  private final int batchRows;

  /** The ids of a block, or {@link #NULL}, and by row the smallest from it on. */
  private long[] ids = {};

  private long[] lowInBlock = {};

  /** Largest id before the current row. */
  private long top = -1;

  private long[] rows = new long[16];
  private long[] borders = new long[16];
  private int found;

  private CutFinder(SplitPlan plan, BlockRanges blocks, RowRanges wanted) {
    this.plan = plan;
    this.blocks = blocks;
    this.batchRows = batchRows(plan);
    int n = blocks.firstRow().length;
    this.low = new long[n + 1];
    low[n] = Long.MAX_VALUE;
    for (int b = n - 1; b >= 0; b--) {
      low[b] = Math.min(low[b + 1], blocks.min()[b]);
    }
    RowRanges own = wanted.and(RowRanges.of(plan.firstRow(), firstBorderFrom(plan.endRow())));
    this.since = own.isEmpty() ? plan.endRow() : Math.max(plan.firstRow(), lastBorderTo(own));
    this.until = own.isEmpty() ? -1 : Math.min(plan.endRow(), own.to(own.size() - 1));
  }

  /** First row of a block, from a row on, at which the index proves that a cut is possible. */
  private long firstBorderFrom(long row) {
    long largest = -1;
    for (int b = 0; b < blocks.firstRow().length; b++) {
      if (blocks.firstRow()[b] >= row && largest < low[b]) {
        return blocks.firstRow()[b];
      }
      largest = Math.max(largest, blocks.max()[b]);
    }
    return blocks.rows();
  }

  /** Last such row that is not behind the first of these. */
  private long lastBorderTo(RowRanges rows) {
    long largest = -1;
    long border = 0;
    for (int b = 0; b < low.length - 1 && blocks.firstRow()[b] <= rows.from(0); b++) {
      border = largest < low[b] ? blocks.firstRow()[b] : border;
      largest = Math.max(largest, blocks.max()[b]);
    }
    return border;
  }

  /**
   * @param wanted rows of the file that are wanted: the cuts cover those of the split, and leave
   *     out what lies before and behind them as far as possible
   * @throws OtapException of kind RECONSTRUCTION if more rows than a batch can have cannot be cut;
   *     CORRUPT if the index of the ids contradicts them
   */
  static Cuts find(InputFiles files, SplitPlan plan, RowRanges wanted) throws IOException {
    DataFile root = plan.root();
    if (!plan.options().selection().readsChildren(plan.signal())) {
      return anywhere(plan, wanted);
    }
    Column id = root.table().id();
    try (SeekableInput in = files.open(root)) {
      ParquetFooter footer = files.footer(in, root);
      CutFinder finder = new CutFinder(plan, BlockRanges.read(in, footer, id), wanted);
      if (finder.until < 0) {
        return nothing(plan);
      }
      int block = finder.passBlocks();
      try (ParquetTableReader reader =
          ParquetTableReader.scan(
              in, footer, root.table(), List.of(id), finder.firstRow(block), root.rows())) {
        return finder.read(reader, block, id);
      }
    } catch (IOException e) {
      throw InputFiles.placed(e, root);
    }
  }

  /** Without children every row is a possible cut. */
  private static Cuts anywhere(SplitPlan plan, RowRanges wanted) {
    RowRanges own = wanted.and(RowRanges.of(plan.firstRow(), plan.endRow()));
    if (own.isEmpty()) {
      return nothing(plan);
    }
    long first = own.from(0);
    long end = own.to(own.size() - 1);
    long step = batchRows(plan);
    int cuts = (int) ((end - first + step - 1) / step);
    long[] rows = new long[cuts + 1];
    for (int k = 0; k < cuts; k++) {
      rows[k] = first + k * step;
    }
    rows[cuts] = end;
    return new Cuts(rows, new long[cuts + 1]);
  }

  private static Cuts nothing(SplitPlan plan) {
    return new Cuts(new long[] {plan.firstRow()}, new long[1]);
  }

  /** The block with the first row of interest. */
  private int passBlocks() {
    int block = 0;
    while (firstRow(block + 1) <= since) {
      top = Math.max(top, blocks.max()[block++]);
    }
    return block;
  }

  /** First row of a block; the number of rows for the block behind the last. */
  private long firstRow(int block) {
    return block < blocks.firstRow().length ? blocks.firstRow()[block] : blocks.rows();
  }

  private Cuts read(ParquetTableReader reader, int from, Column id) throws IOException {
    boolean complete = false;
    for (int block = from; !complete && block < blocks.firstRow().length; block++) {
      complete =
          endsBefore(block)
              || (blocks.min()[block] > blocks.max()[block]
                  ? nulls(reader, block, id)
                  : ids(reader, block, id));
    }
    if (!complete) {
      cut(blocks.rows(), Long.MAX_VALUE);
    }
    return new Cuts(Arrays.copyOf(rows, found), Arrays.copyOf(borders, found));
  }

  /** Cuts before a block of which nothing is wanted, without reading it. */
  private boolean endsBefore(int block) throws OtapException {
    long row = blocks.firstRow()[block];
    return until < plan.endRow() && row >= until && cut(row, low[block]);
  }

  private boolean nulls(ParquetTableReader reader, int block, Column id) throws IOException {
    while (reader.row() < firstRow(block + 1)) {
      long row = reader.row();
      OtapTable step = reader.next((int) Math.min(STEP, firstRow(block + 1) - row));
      for (int i = 0; i < step.rows(); i++) {
        if (step.vector(id) != null && !step.vector(id).isNull(i)) {
          throw contradiction(
              id, row + i, Integer.toUnsignedLong(((IntVector) step.vector(id)).get(i)));
        }
        if (cut(row + i, low[block + 1])) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean ids(ParquetTableReader reader, int block, Column id) throws IOException {
    long begin = firstRow(block);
    int n = Math.toIntExact(firstRow(block + 1) - begin);
    if (ids.length < n) {
      ids = new long[n];
      lowInBlock = new long[n];
    }
    boolean rise = true;
    for (int at = 0; at < n; ) {
      OtapTable step = reader.next(Math.min(STEP, n - at));
      rise &=
          take((IntVector) step.vector(id), step.rows(), at) && (at == 0 || ids[at - 1] < ids[at]);
      at += step.rows();
    }
    for (int at = 0; at < n; at++) {
      if (ids[at] != NULL && (ids[at] < blocks.min()[block] || ids[at] > blocks.max()[block])) {
        throw contradiction(id, begin + at, ids[at]);
      }
    }
    if (rise && top < ids[0] && ids[n - 1] < low[block + 1]) {
      return cutRising(begin, n);
    }
    long lowest = low[block + 1];
    for (int i = n - 1; i >= 0; i--) {
      lowest = ids[i] == NULL ? lowest : Math.min(lowest, ids[i]);
      lowInBlock[i] = lowest;
    }
    for (int i = 0; i < n; i++) {
      if (cut(begin + i, lowInBlock[i])) {
        return true;
      }
      top = Math.max(top, ids[i]);
    }
    return false;
  }

  /**
   * Takes the ids of a step as those of the block's rows from {@code at} on.
   *
   * @return whether each is larger than the one before, and none is null
   */
  private boolean take(IntVector vector, int rows, int at) {
    if (vector == null || vector.hasNulls()) {
      for (int i = 0; i < rows; i++) {
        boolean isNull = vector == null || vector.isNull(i);
        ids[at + i] = isNull ? NULL : Integer.toUnsignedLong(vector.get(i));
      }
      return false;
    }
    boolean rise = true;
    long last = NULL;
    for (int i = 0; i < rows; i++) {
      long next = Integer.toUnsignedLong(vector.get(i));
      ids[at + i] = next;
      rise &= next > last;
      last = next;
    }
    return rise;
  }

  /**
   * As ids rise, a cut may lie before each row of the block: only those that are due are looked at.
   */
  private boolean cutRising(long begin, int rows) throws OtapException {
    for (long row = Math.max(begin, due()); row < begin + rows; row = due()) {
      int at = (int) (row - begin);
      top = at == 0 ? top : ids[at - 1];
      if (cut(row, ids[at])) {
        return true;
      }
    }
    top = ids[rows - 1];
    return false;
  }

  /** The first row before which the next cut is wanted. */
  private long due() {
    return found == 0 ? since : Math.min(rows[found - 1] + batchRows, until);
  }

  private OtapException contradiction(Column id, long row, long value) {
    return BlockRanges.contradiction(value)
        .at(Place.row(plan.root().table().folder(), plan.root().path(), id.path(), row));
  }

  /**
   * Cuts before a row if that is possible and due.
   *
   * @param lowest the smallest id from the row on
   * @return whether it is the split's last cut
   */
  private boolean cut(long row, long lowest) throws OtapException {
    if (top >= lowest || row < due()) {
      return false;
    }
    if (found > 0 && row - rows[found - 1] > OtapBatch.MAX_ROWS) {
      throw inseparable(row);
    }
    if (found == rows.length) {
      rows = Arrays.copyOf(rows, 2 * found);
      borders = Arrays.copyOf(borders, 2 * found);
    }
    rows[found] = row;
    borders[found++] = border(row, lowest);
    return row >= until;
  }

  private long border(long row, long lowest) {
    IdRange owned = plan.owned();
    if (row == 0) {
      return owned.min();
    }
    if (row == plan.root().rows()) {
      return owned.max() == Long.MAX_VALUE ? Long.MAX_VALUE : owned.max() + 1;
    }
    return lowest != Long.MAX_VALUE ? lowest : Math.max(owned.min(), top + 1);
  }

  private OtapException inseparable(long row) {
    long first = rows[found - 1];
    return OtapException.of(
            OtapErrorKind.RECONSTRUCTION,
            (row - first)
                + " rows from this one on cannot be told apart by their ids, which fall back"
                + " among them; a request of more than 65,536 records wraps the exporter's ids:"
                + " send smaller requests")
        .at(Place.row(plan.root().table().folder(), plan.root().path(), "id", first));
  }

  /**
   * Root rows of a batch: as asked, or fewer where rows and their children are large on average.
   */
  static int batchRows(SplitPlan plan) {
    long roots = plan.root().rows();
    double perRow = 0;
    for (DataFile file : plan.inputs()) {
      roots += file.table() == plan.root().table() ? file.rows() : 0;
    }
    ReadSelection selection = plan.options().selection();
    for (DataFile file : plan.inputs()) {
      if (file.table().parent() != null
          && file.table().signals().contains(plan.signal())
          && selection.reads(file.table())) {
        perRow += (double) (file.length() + CHILD_ROW_BYTES * file.rows()) / roots;
      }
    }
    perRow += ROOT_ROW_BYTES + (double) plan.root().length() / plan.root().rows();
    double fitting = plan.options().batchBytes() / perRow;
    long most = Math.min(plan.options().batchSize(), selection.limit());
    return (int) Math.max(1, Math.min(most, fitting));
  }
}

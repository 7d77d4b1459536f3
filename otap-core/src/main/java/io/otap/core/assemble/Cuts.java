/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.BlockRanges;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Where a split's root rows are cut into batches. A cut lies before a row if all ids before it are
 * smaller than all ids from it on; rows without an id are free. So child rows fall to cuts by their
 * parent's id alone. Known before the first child row is read, and a function of the plan.
 *
 * @param rows first row of each cut, and the row behind the last cut
 * @param ids smallest id of each cut, and the id behind the last cut; rows of children fall to cut
 *     k if their root's id is at least {@code ids[k]} and below {@code ids[k + 1]}
 */
@Internal
public record Cuts(long[] rows, long[] ids) {

  /**
   * Bytes in memory that a row takes besides its share of the file: fixed-width columns, indexes.
   */
  private static final long ROOT_ROW_BYTES = 128;

  private static final long CHILD_ROW_BYTES = 48;
  private static final int STEP = 1 << 16;

  public static Cuts of(Storage storage, SplitPlan plan) throws IOException {
    PayloadType type = plan.signal().root();
    Column id = type.id();
    String file = plan.root().path();
    ParquetFooter footer;
    BlockRanges blocks;
    try (var in = storage.open(file)) {
      footer = ParquetFooter.read(in, file);
      blocks =
          footer.has(id.path())
              ? BlockRanges.read(in, footer, id)
              : new BlockRanges(
                  new long[] {0},
                  footer.rows(),
                  new long[] {Long.MAX_VALUE},
                  new long[] {Long.MIN_VALUE});
    }
    Window window = Window.of(blocks, plan.firstRow(), plan.endRow());
    int[] ids = new int[Math.toIntExact(window.end - window.begin)];
    boolean[] present = new boolean[ids.length];
    if (footer.has(id.path())) {
      try (ParquetTableReader reader =
          ParquetTableReader.open(
              storage.open(file), footer, type, List.of(id), window.begin, window.end)) {
        int at = 0;
        for (OtapTable step = reader.next(STEP); step != null; step = reader.next(STEP)) {
          IntVector vector = (IntVector) step.vector(id);
          for (int i = 0; vector != null && i < step.rows(); i++) {
            present[at + i] = !vector.isNull(i);
            ids[at + i] = vector.get(i);
          }
          at += step.rows();
        }
      }
    }
    return cut(plan, window, ids, present);
  }

  private static Cuts cut(SplitPlan plan, Window window, int[] ids, boolean[] present)
      throws OtapException {
    int n = ids.length;
    long[] low = new long[n + 1];
    low[n] = window.lowBehind;
    for (int i = n - 1; i >= 0; i--) {
      low[i] = present[i] ? Math.min(low[i + 1], Integer.toUnsignedLong(ids[i])) : low[i + 1];
    }
    long[] top = new long[n + 1];
    top[0] = window.topBefore;
    for (int i = 0; i < n; i++) {
      top[i + 1] = present[i] ? Math.max(top[i], Integer.toUnsignedLong(ids[i])) : top[i];
    }
    int begin = possible(low, top, (int) (plan.firstRow() - window.begin));
    int end = possible(low, top, (int) (plan.endRow() - window.begin));
    int size = batchRows(plan);
    long[] rows = new long[Math.max(1, (end - begin + size - 1) / size) + 1];
    long[] border = new long[rows.length];
    int k = 0;
    for (int at = begin; ; k++) {
      rows[k] = window.begin + at;
      border[k] = border(plan, rows[k], low[at], top[at]);
      if (at >= end) {
        break;
      }
      int next = Math.min(end, possible(low, top, Math.min(end, at + size)));
      if (next - at > OtapBatch.MAX_ROWS) {
        throw OtapException.of(
                OtapErrorKind.RECONSTRUCTION,
                (next - at)
                    + " rows from this one on cannot be told apart by their ids, which fall back"
                    + " among them; a request of more than 65,536 records wraps the exporter's ids:"
                    + " send smaller requests")
            .at(
                new Place(
                    plan.root().partition(),
                    plan.root().table().folder(),
                    plan.root().path(),
                    "id",
                    rows[k]));
      }
      at = next;
    }
    return new Cuts(Arrays.copyOf(rows, k + 1), Arrays.copyOf(border, k + 1));
  }

  /** The first row from {@code row} on before which a cut may lie. */
  private static int possible(long[] low, long[] top, int row) {
    int at = row;
    while (top[at] >= low[at]) {
      at++;
    }
    return at;
  }

  private static long border(SplitPlan plan, long row, long low, long top) {
    IdRange owned = plan.owned();
    if (row == 0) {
      return owned.min();
    }
    if (row == plan.root().rows()) {
      return owned.max() == Long.MAX_VALUE ? Long.MAX_VALUE : owned.max() + 1;
    }
    return low != Long.MAX_VALUE ? low : Math.max(owned.min(), top + 1);
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
    for (DataFile file : plan.inputs()) {
      if (file.table().parent() != null && file.table().signals().contains(plan.signal())) {
        perRow += (double) (file.length() + CHILD_ROW_BYTES * file.rows()) / roots;
      }
    }
    perRow += ROOT_ROW_BYTES + (double) plan.root().length() / plan.root().rows();
    double fitting = plan.options().batchBytes() / perRow;
    return (int) Math.max(1, Math.min(plan.options().batchSize(), fitting));
  }

  /** The number of cuts. */
  public int count() {
    return rows.length - 1;
  }

  /**
   * The cut that an id of a root row falls to: -1 before the first, {@link #count} behind the last.
   */
  int of(long id, int guess) {
    if (guess >= 0 && guess < count() && ids[guess] <= id && id < ids[guess + 1]) {
      return guess;
    }
    if (id < ids[0]) {
      return -1;
    }
    if (id >= ids[count()]) {
      return count();
    }
    int k = Arrays.binarySearch(ids, id);
    if (k < 0) {
      return -k - 2;
    }
    while (ids[k + 1] == id) {
      k++;
    }
    return k;
  }

  /** Whole blocks around a range of rows, such that a cut is possible at or before their end. */
  private record Window(long begin, long end, long topBefore, long lowBehind) {

    static Window of(BlockRanges blocks, long firstRow, long endRow) {
      int n = blocks.firstRow().length;
      long[] low = new long[n + 1];
      low[n] = Long.MAX_VALUE;
      for (int b = n - 1; b >= 0; b--) {
        low[b] = Math.min(low[b + 1], blocks.min()[b]);
      }
      long top = -1;
      int b = 0;
      while (b + 1 < n && blocks.firstRow()[b + 1] <= firstRow) {
        top = Math.max(top, blocks.max()[b++]);
      }
      long begin = n == 0 ? 0 : blocks.firstRow()[b];
      long topBefore = top;
      while (b < n) {
        top = Math.max(top, blocks.max()[b++]);
        long end = b == n ? blocks.rows() : blocks.firstRow()[b];
        if (end >= endRow && top < low[b]) {
          return new Window(begin, end, topBefore, low[b]);
        }
      }
      return new Window(begin, blocks.rows(), topBefore, Long.MAX_VALUE);
    }
  }
}

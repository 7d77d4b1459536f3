/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ColumnBounds;
import io.otap.core.parquet.ColumnBounds.Block;
import io.otap.core.parquet.DistinctValues;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.select.AnyOf;
import io.otap.core.select.NumberRange;
import io.otap.core.select.RootCondition;
import io.otap.core.select.TimeRange;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * The rows of a root file that can meet conditions, by what the file tells of its row groups and
 * pages. Whatever it does not tell, or is not to be believed, leaves rows in.
 */
final class CandidateRows {

  private final SeekableInput in;
  private final ParquetFooter footer;
  private final PayloadType type;

  private CandidateRows(SeekableInput in, ParquetFooter footer, PayloadType type) {
    this.in = in;
    this.footer = footer;
    this.type = type;
  }

  static RowRanges of(InputFiles files, DataFile root, List<RootCondition> conditions)
      throws IOException {
    try (SeekableInput in = files.open(root)) {
      CandidateRows rows = new CandidateRows(in, files.footer(in, root), root.table());
      RowRanges candidates = RowRanges.of(0, root.rows());
      for (RootCondition condition : conditions) {
        if (candidates.isEmpty()) {
          break;
        }
        candidates = rows.meeting(condition, candidates);
      }
      return candidates;
    } catch (IOException e) {
      throw InputFiles.placed(e, root);
    }
  }

  private RowRanges meeting(RootCondition condition, RowRanges candidates) throws IOException {
    if (condition instanceof TimeRange range) {
      return candidates.and(meeting(range));
    }
    if (condition instanceof NumberRange range) {
      Column column = type.column(range.column());
      return meeting(
          candidates,
          column,
          column.nulls() == Column.Nulls.DEFAULT && range.holds(0),
          block -> block.numbers() == null || range.meets(block.numbers()[0], block.numbers()[1]),
          values -> values.anyNumber(range::holds));
    }
    if (condition instanceof AnyOf any) {
      Column column = type.column(any.column());
      WantedValues wanted = WantedValues.of(any, column.type());
      return meeting(
          candidates,
          column,
          any.values().contains(""),
          block ->
              block.binaries() == null || wanted.meets(block.binaries()[0], block.binaries()[1]),
          values -> values.anyBinary(wanted::contains));
    }
    return candidates;
  }

  /**
   * Where a null meets the condition, and where a value can: by the bounds of pages, and of what
   * these leave by the dictionaries of row groups.
   */
  private RowRanges meeting(
      RowRanges candidates,
      Column column,
      boolean nulls,
      Predicate<Block> bounds,
      Predicate<DistinctValues> values)
      throws IOException {
    RowRanges byNull = nulls ? candidates.and(blocks(column, Block::nulls)) : new RowRanges();
    RowRanges byValue =
        candidates.and(blocks(column, block -> block.values() && bounds.test(block)));
    return byNull.or(byValue.and(rowGroups(column, byValue, values)));
  }

  /** Row groups of which some rows are looked at, without those whose dictionary holds none. */
  private RowRanges rowGroups(Column column, RowRanges rows, Predicate<DistinctValues> wanted)
      throws IOException {
    RowRanges groups = new RowRanges();
    long start = 0;
    for (int group = 0; group < footer.rowGroups(); group++) {
      long end = start + footer.rows(group);
      if (!rows.and(RowRanges.of(start, end)).isEmpty()) {
        DistinctValues values = DistinctValues.read(in, footer, column, group);
        if (values == null || wanted.test(values)) {
          groups.add(start, end);
        }
      }
      start = end;
    }
    return groups;
  }

  /** Where the first column may have no time, that of the next counts. */
  private RowRanges meeting(TimeRange range) throws IOException {
    RowRanges meeting = new RowRanges();
    RowRanges undecided = RowRanges.of(0, footer.rows());
    for (String path : range.columns()) {
      Column column = type.column(path);
      meeting = meeting.or(undecided.and(blocks(column, block -> mayLieIn(range, block))));
      undecided = undecided.and(blocks(column, CandidateRows::mayHaveZero));
    }
    return meeting;
  }

  private static boolean mayLieIn(TimeRange range, Block block) {
    return block.nulls() && range.holds(0)
        || block.values()
            && (block.numbers() == null
                || block.numbers()[0] < 0
                || range.meets(block.numbers()[0], block.numbers()[1]));
  }

  private static boolean mayHaveZero(Block block) {
    return block.nulls() || block.numbers() == null || block.numbers()[0] <= 0;
  }

  private RowRanges blocks(Column column, Predicate<Block> wanted) throws IOException {
    RowRanges ranges = new RowRanges();
    for (Block block : ColumnBounds.read(in, footer, column).blocks()) {
      if (wanted.test(block)) {
        ranges.add(block.firstRow(), block.endRow());
      }
    }
    return ranges;
  }
}

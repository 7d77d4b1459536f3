/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ColumnBounds;
import io.otap.core.parquet.ColumnBounds.Block;
import io.otap.core.parquet.FileDictionaries;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
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

  /** First by bounds; dictionaries are read of row groups of the split that these leave. */
  static RowRanges of(InputFiles files, SplitPlan plan) throws IOException {
    DataFile root = plan.root();
    List<RootCondition> conditions = plan.options().selection().conditions();
    try (SeekableInput in = files.open(root)) {
      ParquetFooter footer = files.footer(in, root);
      CandidateRows rows = new CandidateRows(in, footer, root.table());
      RowRanges candidates = RowRanges.of(0, root.rows());
      for (RootCondition condition : conditions) {
        if (!candidates.isEmpty()) {
          candidates = candidates.and(rows.byBounds(condition));
        }
      }
      RowRanges own = RowRanges.of(plan.firstRow(), plan.endRow());
      try (FileDictionaries dictionaries = new FileDictionaries(in, footer)) {
        for (RootCondition condition : conditions) {
          candidates = candidates.and(rows.byValues(condition, candidates.and(own), dictionaries));
        }
      }
      return candidates;
    } catch (IOException e) {
      throw InputFiles.placed(e, root);
    }
  }

  private RowRanges byBounds(RootCondition condition) throws IOException {
    if (condition instanceof TimeRange range) {
      return byBounds(range);
    }
    if (condition instanceof NumberRange range) {
      Column column = type.column(range.column());
      boolean nulls = meetsNull(range, column);
      return blocks(
          column,
          block ->
              block.nulls() && nulls
                  || block.values()
                      && (block.numbers() == null
                          || range.meets(block.numbers()[0], block.numbers()[1])));
    }
    if (condition instanceof AnyOf any) {
      Column column = type.column(any.column());
      WantedValues values = WantedValues.of(any, column.type());
      boolean nulls = meetsNull(any);
      return blocks(
          column,
          block ->
              block.nulls() && nulls
                  || block.values()
                      && (block.binaries() == null
                          || values.meets(block.binaries()[0], block.binaries()[1])));
    }
    return RowRanges.of(0, footer.rows());
  }

  private static boolean meetsNull(NumberRange range, Column column) {
    return column.nulls() == Column.Nulls.DEFAULT && range.holds(0);
  }

  private static boolean meetsNull(AnyOf any) {
    return any.values().contains("");
  }

  /**
   * All rows without those of row groups that cannot have a value, if a value is needed.
   *
   * @param rows only row groups that have some of these are looked at
   */
  private RowRanges byValues(RootCondition condition, RowRanges rows, FileDictionaries dictionaries)
      throws IOException {
    GroupTest values = values(condition, dictionaries);
    RowRanges ranges = new RowRanges();
    long start = 0;
    for (int group = 0; group < footer.rowGroups(); group++) {
      long end = start + footer.rows(group);
      if (rows.and(RowRanges.of(start, end)).isEmpty() || values.mayHave(group)) {
        ranges.add(start, end);
      }
      start = end;
    }
    return ranges;
  }

  /** Whether a row group may have what meets a condition. */
  private interface GroupTest {
    boolean mayHave(int group) throws IOException;
  }

  private GroupTest values(RootCondition condition, FileDictionaries dictionaries) {
    if (condition instanceof NumberRange range) {
      Column column = type.column(range.column());
      boolean nulls = meetsNull(range, column);
      return group -> nulls || dictionaries.mayHaveNumber(group, column, range::holds);
    }
    if (condition instanceof AnyOf any) {
      Column column = type.column(any.column());
      WantedValues values = WantedValues.of(any, column.type());
      boolean nulls = meetsNull(any);
      return group -> nulls || dictionaries.mayHaveBinary(group, column, values::contains);
    }
    return group -> true;
  }

  /** Where the first column may have no time, that of the next counts. */
  private RowRanges byBounds(TimeRange range) throws IOException {
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

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.Column;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.ReadSelection;
import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Tells which root rows of a split meet the conditions of its selection: among those that can by
 * what the file tells, by the columns that the conditions look at.
 */
final class RecordChoice implements Closeable {

  private static final int STEP = 8192;

  private final InputFiles files;
  private final DataFile root;
  private final List<Column> columns;
  private final RowMatcher matcher;
  private final RowRanges candidates;
  private int range;
  private JumpingReader reader;

  /**
   * @param candidates rows that can meet the conditions
   */
  RecordChoice(InputFiles files, SplitPlan plan, RowRanges candidates) {
    ReadSelection selection = plan.options().selection();
    this.files = files;
    this.root = plan.root();
    this.columns = selection.conditionColumns(plan.signal());
    this.matcher = new RowMatcher(root.table(), selection.conditions());
    this.candidates = candidates;
  }

  /**
   * The wanted ones of the rows from {@code from} to {@code to}, the former being bit 0. Ranges are
   * asked for in the order of rows.
   */
  BitSet of(long from, long to) throws IOException {
    BitSet wanted = new BitSet((int) (to - from));
    while (range < candidates.size() && candidates.to(range) <= from) {
      range++;
    }
    for (int r = range; r < candidates.size() && candidates.from(r) < to; r++) {
      long first = Math.max(from, candidates.from(r));
      long end = Math.min(to, candidates.to(r));
      wanted.set((int) (first - from), (int) (end - from));
      if (!columns.isEmpty()) {
        compare(first, end, wanted, from);
      }
    }
    return wanted;
  }

  long bytesRead() {
    return reader == null ? 0 : reader.bytesRead();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  private void compare(long first, long end, BitSet wanted, long bitZero) throws IOException {
    try {
      if (reader == null) {
        long last = candidates.to(candidates.size() - 1);
        reader = new JumpingReader(files, root, columns, first, last);
      }
      reader.pass(first);
      while (reader.row() < end) {
        int at = (int) (reader.row() - bitZero);
        OtapTable rows = reader.next((int) Math.min(STEP, end - reader.row()));
        if (rows == null) {
          throw OtapException.of(
                  OtapErrorKind.CORRUPT, "the file has fewer rows than its footer says")
              .at(Place.row(root.table().folder(), root.path(), null, reader.row()));
        }
        matcher.retain(rows, wanted, at);
      }
    } catch (IOException | RuntimeException e) {
      throw InputFiles.placed(e, root);
    }
  }
}

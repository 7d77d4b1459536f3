/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import java.io.IOException;

/** A column with at most one value in a row. */
final class FlatColumnReader extends ColumnReader {

  private final ColumnPages pages;
  private final ValueSink sink;
  private long row;
  private DataPage page;
  private int left;

  FlatColumnReader(ColumnPages pages, ValueSink sink, long firstRow) throws IOException {
    this.pages = pages;
    this.sink = sink;
    this.row = firstRow;
    pages.seek(firstRow);
  }

  @Override
  Vector read(int n) throws IOException {
    sink.begin(n);
    long[] validity = Validity.empty(n);
    int done = 0;
    int present = 0;
    while (done < n) {
      if (left == 0) {
        nextPage();
      }
      int rows = Math.min(left, n - done);
      int found = page.definition().present(validity, done, rows);
      sink.append(page.data(), done, rows, found, validity);
      present += found;
      done += rows;
      left -= rows;
      row += rows;
    }
    if (present == 0) {
      return null;
    }
    return sink.finish(n, present == n ? null : validity, row - n);
  }

  private void nextPage() throws IOException {
    do {
      page = pages.next(row);
      if (page == null && !pages.nextGroup()) {
        throw OtapException.of(CORRUPT, "the column ends before row " + row);
      }
    } while (page == null || page.values() == 0);
    int before = Math.toIntExact(row - pages.pageStart());
    if (before > 0) {
      page.data().skip(page.definition().present(null, 0, before));
    }
    left = page.values() - before;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;
import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.batch.ListVector;
import io.otap.core.batch.Validity;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import java.io.IOException;

/** A column with a list of values in each row. */
final class ListColumnReader extends ColumnReader {

  private static final int STEP = 1024;

  /** Elements of one step. Their number is known before only on average, see {@link StepLimit}. */
  private static final int MAX_ELEMENTS = 1 << 24;

  private final ColumnPages pages;
  private final Leaf leaf;
  private final ValueSink sink;
  private final int[] repetitions = new int[STEP];
  private final int[] definitions = new int[STEP];
  private DataPage page;
  private int levelsLeft;
  private int at;
  private int limit;
  private long row;

  /** Elements whose levels are read but whose values are not. */
  private int pending;

  private int elements;
  private boolean dropping;

  ListColumnReader(ColumnPages pages, Leaf leaf, ValueSink sink, long firstRow) throws IOException {
    this.pages = pages;
    this.leaf = leaf;
    this.sink = sink;
    pages.seek(firstRow);
    row = Math.min(pages.pageStart(), firstRow);
    while (row < firstRow) {
      int n = (int) Math.min(STEP, firstRow - row);
      dropping = true;
      read(n);
      dropping = false;
    }
  }

  @Override
  Vector read(int n) throws IOException {
    int[] offsets = new int[n + 1];
    long[] validity = Validity.empty(n);
    int rows = 0;
    int present = 0;
    elements = 0;
    sink.begin(n);
    while (true) {
      if (at == limit && !moreLevels()) {
        if (row + rows != pages.groupEnd()) {
          throw OtapException.of(
              CORRUPT, "a column chunk ends after row " + (row + rows) + "; copy the file again");
        }
        if (rows == n || !pages.nextGroup()) {
          break;
        }
        continue;
      }
      int definition = definitions[at];
      if (repetitions[at] == 0) {
        if (rows == n) {
          break;
        }
        offsets[rows] = elements;
        if (definition >= leaf.listDefinition()) {
          Validity.set(validity, rows);
          present++;
        }
        rows++;
      } else if (rows == 0 || definition <= leaf.listDefinition()) {
        throw OtapException.of(CORRUPT, "a page begins in the middle of a row's list");
      }
      if (definition == leaf.maxDefinition()) {
        add();
      } else if (definition > leaf.listDefinition()) {
        throw OtapException.of(
                SCHEMA, "a list has an element without a value, which the model does not know")
            .at(Place.row(null, null, null, row + rows - 1));
      }
      at++;
    }
    flush();
    if (rows < n) {
      throw OtapException.of(CORRUPT, "the column ends before row " + (row + n));
    }
    offsets[n] = elements;
    row += n;
    if (present == 0 || dropping) {
      return null;
    }
    return new ListVector(
        n, present == n ? null : validity, offsets, sink.finish(elements, null, row - n));
  }

  private void add() throws IOException {
    pending++;
    if (++elements > MAX_ELEMENTS) {
      throw OtapException.of(
          SCHEMA, "the lists of one step have more than " + MAX_ELEMENTS + " elements");
    }
  }

  /** Reads the values whose levels were read, before the page goes away. */
  private void flush() throws IOException {
    if (pending > 0) {
      if (dropping) {
        page.data().skip(pending);
      } else {
        sink.ensure(elements);
        sink.append(page.data(), elements - pending, pending, pending, null);
      }
      pending = 0;
    }
  }

  private boolean moreLevels() throws IOException {
    flush();
    while (levelsLeft == 0) {
      page = pages.next(0);
      if (page == null) {
        return false;
      }
      levelsLeft = page.values();
    }
    limit = Math.min(STEP, levelsLeft);
    at = 0;
    page.repetition().read(repetitions, 0, limit);
    page.definition().read(definitions, 0, limit);
    levelsLeft -= limit;
    return true;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;

/**
 * Whether {@code resource.id} and {@code scope.id} count in the batch or in the whole sequence, as
 * a fixed exporter writes them (docs/RECOVERY.md 10).
 */
@Internal
enum NestedIds {
  LOCAL,
  GLOBAL,
  /** No row tells: both readings agree. */
  EITHER;

  /** Judges by the rows that begin a file or a chain and have an id above 0. */
  static NestedIds of(RootRows rows, Zones inside) throws OtapException {
    Borders borders = Borders.of(rows, inside, new Violations());
    RowMarks fileStarts = new RowMarks(rows.size());
    for (int file = 0; file < rows.files(); file++) {
      if (rows.firstRow(file) < rows.endRow(file)) {
        fileStarts.set(rows.firstRow(file));
      }
    }
    NestedIds found = EITHER;
    int before = -1;
    int resource = 0;
    for (int row = borders.withId().next(0);
        row < rows.size();
        row = borders.withId().next(row + 1)) {
      if (!rows.hasResource(row)) {
        before = row;
        continue;
      }
      boolean border = borders.jump().get(row) || borders.hard().anyIn(before + 1, row + 1);
      boolean starts = fileStarts.get(row) || borders.cut().get(row) && border;
      boolean descends = Integer.compareUnsigned(rows.resource(row), resource) < 0;
      if (found == GLOBAL && descends) {
        throw mixture();
      }
      if (starts && rows.id(row) > 0) {
        NestedIds here = at(rows, row);
        if (found != EITHER && found != here) {
          throw mixture();
        }
        found = here;
      }
      before = row;
      resource = rows.resource(row);
    }
    return found;
  }

  private static NestedIds at(RootRows rows, int row) throws OtapException {
    if (rows.isZero(row)) {
      return LOCAL;
    }
    if (Integer.toUnsignedLong(rows.resource(row)) == rows.id(row)
        && rows.resource(row) == rows.scope(row)) {
      return GLOBAL;
    }
    throw mixture();
  }

  static OtapException mixture() {
    return OtapException.of(
        OtapErrorKind.RECOVERY,
        "resource.id has 32 bits, but some batches count it from 0 and some from their first id;"
            + " read files of one exporter version at a time");
  }
}

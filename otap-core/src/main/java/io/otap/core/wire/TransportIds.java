/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.model.PayloadType.ParentEncoding;

/** Ids as differences, as they lie on the wire, and as themselves (OTAP-FORMAT 3). */
final class TransportIds {

  private TransportIds() {}

  /** How the ids of a column are encoded; null if the column holds none. */
  static IdEncoding encoding(PayloadType type, Column column) {
    return switch (column.role()) {
      case ID, RESOURCE_ID, SCOPE_ID -> IdEncoding.DELTA;
      case PARENT_ID ->
          type.parentEncoding() == ParentEncoding.DELTA ? IdEncoding.DELTA : IdEncoding.QUASI_DELTA;
      default -> null;
    };
  }

  /** The table with ids in place of differences. */
  static OtapTable decode(OtapTable table, WireSchema schema) throws OtapException {
    OtapTable out = table;
    for (Column column : table.type().columns()) {
      IdEncoding kind = encoding(table.type(), column);
      IntVector coded = kind == null ? null : (IntVector) table.vector(column);
      IdEncoding found = schema.encoding(column);
      if (coded != null && found != IdEncoding.PLAIN) {
        int[] ids =
            kind == IdEncoding.DELTA
                ? sums(coded, mask(column))
                : chained(coded, mask(column), chain(table, found));
        out = out.with(column, new IntVector(coded.length(), coded.validity(), ids));
      }
    }
    return out;
  }

  private static RowChain chain(OtapTable table, IdEncoding found) {
    return RowChain.of(
        table, found == IdEncoding.UNMARKED ? RowChain.Rule.NUMBERS : RowChain.Rule.BITS);
  }

  private static int mask(Column column) {
    return column.type() == ColumnType.UINT16 ? 0xFFFF : -1;
  }

  private static int[] sums(IntVector coded, int mask) {
    int[] ids = new int[coded.length()];
    int id = 0;
    for (int row = 0; row < ids.length; row++) {
      if (!coded.isNull(row)) {
        id = id + coded.get(row) & mask;
        ids[row] = id;
      }
    }
    return ids;
  }

  private static int[] chained(IntVector coded, int mask, RowChain chain) {
    int[] ids = new int[coded.length()];
    for (int row = 0; row < ids.length; row++) {
      int id = coded.get(row);
      ids[row] = row > 0 && chain.continues(row) ? id + ids[row - 1] & mask : id;
    }
    return ids;
  }

  /** Differences of ids that never fall; nulls stay. */
  static IntVector differences(IntVector ids) {
    int[] coded = new int[ids.length()];
    int before = 0;
    for (int row = 0; row < coded.length; row++) {
      if (!ids.isNull(row)) {
        coded[row] = ids.get(row) - before;
        before = ids.get(row);
      }
    }
    return new IntVector(coded.length, ids.validity(), coded);
  }

  /** Differences where a row continues the one before, else the ids. */
  static IntVector chainedDifferences(IntVector ids, RowChain chain) {
    int[] coded = new int[ids.length()];
    for (int row = 0; row < coded.length; row++) {
      int id = ids.get(row);
      coded[row] = row > 0 && chain.continues(row) ? id - ids.get(row - 1) : id;
    }
    return new IntVector(coded.length, null, coded);
  }
}

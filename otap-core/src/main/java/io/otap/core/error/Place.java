/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.error;

import io.otap.core.annotation.PublicEvolving;
import java.io.Serializable;
import java.util.StringJoiner;

/**
 * Where something was found. Any part may be unknown.
 *
 * @param partition the {@code _part_id}, empty in an unpartitioned tree, or null
 * @param table folder name of the table, or null
 * @param file path of the file, or null
 * @param column path of the column, or null
 * @param row row in the file from 0, or -1
 */
@PublicEvolving
public record Place(String partition, String table, String file, String column, long row)
    implements Serializable {

  public static final Place UNKNOWN = new Place(null, null, null, null, -1);

  public static Place file(String file) {
    return new Place(null, null, file, null, -1);
  }

  public static Place table(String table, String file) {
    return new Place(null, table, file, null, -1);
  }

  public static Place column(String column) {
    return new Place(null, null, null, column, -1);
  }

  public static Place row(String table, String file, String column, long row) {
    return new Place(null, table, file, column, row);
  }

  Place orElse(Place outer) {
    return new Place(
        partition == null ? outer.partition : partition,
        table == null ? outer.table : table,
        file == null ? outer.file : file,
        column == null ? outer.column : column,
        row < 0 ? outer.row : row);
  }

  String describe(String problem) {
    StringJoiner where = new StringJoiner(", ", " (", ")");
    where.setEmptyValue("");
    add(where, "table", table);
    add(where, "column", column);
    add(where, "row", row < 0 ? null : Long.toString(row));
    add(where, "file", file);
    add(where, "partition", partition);
    return problem + where;
  }

  private static void add(StringJoiner where, String name, String value) {
    if (value != null && !value.isEmpty()) {
      where.add(name + " " + value);
    }
  }
}

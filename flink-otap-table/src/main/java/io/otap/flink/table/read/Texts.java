/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.BinaryVector;
import org.apache.flink.table.data.StringData;

/** Strings of a column. Of a dictionary, each entry becomes one object. */
final class Texts implements FieldReader {

  private static final StringData EMPTY = StringData.fromString("");

  private final BinaryVector column;
  private final StringData[] entries;

  /**
   * @param column null if absent
   */
  Texts(BinaryVector column) {
    this.column = column;
    this.entries =
        column != null && column.hasDictionary()
            ? new StringData[column.offsets().length - 1]
            : null;
  }

  @Override
  public StringData read(int row) {
    int size = column == null ? 0 : column.size(row);
    if (size == 0) {
      return EMPTY;
    }
    if (entries == null) {
      return StringData.fromBytes(column.data(), column.start(row), size);
    }
    int entry = column.ids()[row];
    StringData text = entries[entry];
    if (text == null) {
      text = StringData.fromBytes(column.data(), column.start(row), size);
      entries[entry] = text;
    }
    return text;
  }

  @Override
  public boolean isNull(int row) {
    return false;
  }

  /** The entry of the dictionary; one more for nulls. */
  @Override
  public int code(int row) {
    if (column == null) {
      return 0;
    }
    if (entries == null) {
      return NO_CODE;
    }
    return column.isNull(row) ? entries.length : column.ids()[row];
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.Cells;
import io.otap.core.batch.IntVector;
import io.otap.core.error.OtapException;

/** Reads the attribute with one key of each row; null where there is none. */
final class KeyedReader implements FieldReader {

  private final KeyedRows attributes;
  private final FieldReader values;
  private final IntVector ids;

  /**
   * @param values of the table of attributes
   * @param ids by which attributes refer to rows
   */
  KeyedReader(KeyedRows attributes, FieldReader values, IntVector ids) {
    this.attributes = attributes;
    this.values = values;
    this.ids = ids;
  }

  @Override
  public Object read(int row) throws OtapException {
    int attribute = attributes.of(Cells.id(ids, row));
    return attribute == KeyedRows.NONE ? null : values.read(attribute);
  }

  @Override
  public boolean isNull(int row) throws OtapException {
    int attribute = attributes.of(Cells.id(ids, row));
    return attribute == KeyedRows.NONE || values.isNull(attribute);
  }

  /** 0 where there is none. */
  @Override
  public int code(int row) {
    int attribute = attributes.of(Cells.id(ids, row));
    if (attribute == KeyedRows.NONE) {
      return 0;
    }
    int code = values.code(attribute);
    return code == NO_CODE ? NO_CODE : code + 1;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.SCHEMA;

import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.AttributeType;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;

/** What the model demands of the values of a column, checked in what was read. */
final class ModelCheck {

  private static final int MAX_TYPE = AttributeType.values().length - 1;

  private ModelCheck() {}

  /**
   * @param vector values of the column; null if none has a value
   * @param firstRow row of the file at which they begin
   */
  static void check(PayloadType type, Column column, Vector vector, int rows, long firstRow)
      throws OtapException {
    if (column.nulls() == Column.Nulls.REFUSED && (vector == null || vector.hasNulls())) {
      int row = 0;
      while (vector != null && row < rows - 1 && !vector.isNull(row)) {
        row++;
      }
      throw OtapException.of(
              SCHEMA, "a null where every row needs a value; the file is not from an OTAP exporter")
          .at(Place.row(null, null, null, firstRow + row));
    }
    boolean kind =
        column.path().equals("body.type") || type.isAttributes() && column.path().equals("type");
    if (kind && vector != null) {
      byte[] codes = ((ByteVector) vector).values();
      for (int i = 0; i < rows; i++) {
        if ((codes[i] & 0xff) > MAX_TYPE) {
          throw OtapException.of(
                  SCHEMA,
                  "the type of a value is "
                      + (codes[i] & 0xff)
                      + ", but only 0 to "
                      + MAX_TYPE
                      + " are known")
              .at(Place.row(null, null, null, firstRow + i));
        }
      }
    }
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import java.util.Arrays;

/** The values of an attribute table, or of log bodies, as encoded AnyValue messages. */
@Internal
public final class AnyValueBytes {

  private static final int FIELD = 1;

  private final ReverseProtoWriter out = new ReverseProtoWriter(256);
  private final AnyValueEncoder values;

  /**
   * @param prefix of the columns' paths, {@code body.} or nothing
   */
  public AnyValueBytes(OtapTable table, String prefix) {
    values = new AnyValueEncoder(table, prefix, FIELD, out);
  }

  /**
   * The AnyValue of a row; no bytes if it is empty.
   *
   * @throws OtapException of kind CORRUPT if a nested value is not the CBOR that the format asks
   *     for, SCHEMA if the type code is unknown
   */
  public byte[] get(int row) throws OtapException {
    out.clear();
    values.write(row);
    byte[] field = out.toByteArray();
    int at = 1;
    while (field[at] < 0) {
      at++;
    }
    return Arrays.copyOfRange(field, at + 1, field.length);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import io.otap.core.annotation.PublicEvolving;

/** The type of a column's values in storage form, or of a list's elements. */
@PublicEvolving
public enum ColumnType {
  BOOL(Storage.BYTES),
  UINT8(Storage.BYTES),
  /** An id that has 16 bits in a batch on the wire; stored files widen it. */
  UINT16(Storage.INTS),
  UINT32(Storage.INTS),
  INT32(Storage.INTS),
  INT64(Storage.LONGS),
  UINT64(Storage.LONGS),
  FLOAT64(Storage.DOUBLES),
  /** Nanoseconds since 1970, the 64 bits of OTLP's fixed64. */
  TIMESTAMP(Storage.LONGS),
  /** Signed nanoseconds. */
  DURATION(Storage.LONGS),
  UTF8(Storage.BINARY),
  BINARY(Storage.BINARY),
  FIXED8(Storage.BINARY),
  FIXED16(Storage.BINARY);

  /** How a vector holds the values. */
  public enum Storage {
    BYTES,
    INTS,
    LONGS,
    DOUBLES,
    BINARY
  }

  private final Storage storage;

  ColumnType(Storage storage) {
    this.storage = storage;
  }

  public Storage storage() {
    return storage;
  }

  /** Bytes of a fixed-length binary, else 0. */
  public int fixedLength() {
    return switch (this) {
      case FIXED8 -> 8;
      case FIXED16 -> 16;
      default -> 0;
    };
  }
}

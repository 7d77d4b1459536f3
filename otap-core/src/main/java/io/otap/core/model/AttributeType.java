/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import io.otap.core.annotation.PublicEvolving;

/** Codes of the {@code type} column of attributes and log bodies (OTAP-FORMAT 2.8). */
@PublicEvolving
public enum AttributeType {
  EMPTY(null),
  STRING("str"),
  INT("int"),
  DOUBLE("double"),
  BOOL("bool"),
  /** A map, as CBOR. */
  MAP("ser"),
  /** An array, as CBOR. */
  SLICE("ser"),
  BYTES("bytes");

  /** Name of the column with the codes. */
  public static final String COLUMN = "type";

  private static final AttributeType[] BY_CODE = values();

  private final String column;

  AttributeType(String column) {
    this.column = column;
  }

  /** The type of this code, or null if there is none. */
  public static AttributeType ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  public int code() {
    return ordinal();
  }

  /**
   * Whether equal values one after the other make the second row's {@code parent_id} a difference
   * on the wire (OTAP-FORMAT 3.2).
   */
  public boolean chains() {
    return column != null && !column.equals("ser");
  }

  /** Name of the column that holds the value; null for {@link #EMPTY}. */
  public String column() {
    return column;
  }
}

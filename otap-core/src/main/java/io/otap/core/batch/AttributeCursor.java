/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.batch;

import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import io.otap.core.model.PayloadType;
import java.util.Arrays;

/**
 * Walks the attributes of one resource, scope or record. Belongs to a cursor of records, which
 * moves it; so it is valid until that cursor moves on. Values are read without making objects, but
 * for strings and bytes on request.
 */
@PublicEvolving
public final class AttributeCursor extends ChildCursor {

  private final BinaryVector keys;
  private final AnyValueColumns values;

  AttributeCursor(OtapBatch batch, PayloadType type) throws OtapException {
    this(batch.table(type));
  }

  private AttributeCursor(OtapTable table) throws OtapException {
    super(table);
    this.keys = table.binaryVector("key");
    this.values = AnyValueColumns.of(table, "");
  }

  /** Goes before the first attribute of a parent. */
  AttributeCursor moveTo(int parent) {
    moveToParent(parent);
    return this;
  }

  /**
   * Goes to the first attribute with this key, wherever the cursor is.
   *
   * @param key in UTF-8
   */
  public boolean find(byte[] key) {
    int count = count();
    for (int i = 0; i < count; i++) {
      if (hasKey(rowOf(i), key)) {
        goTo(i);
        return true;
      }
    }
    return false;
  }

  /** Whether the key is this one, in UTF-8. */
  public boolean hasKey(byte[] key) {
    return hasKey(row, key);
  }

  public String key() {
    return Cells.string(keys, row);
  }

  /** The type, which says what value to ask for; null for a code that the format does not have. */
  public AttributeType type() {
    return values.type(row);
  }

  /** The value of a {@link AttributeType#STRING}. */
  public String stringValue() {
    return Cells.string(values.strings(), row);
  }

  /** The value of an {@link AttributeType#INT}. */
  public long intValue() {
    return Cells.get(values.ints(), row);
  }

  /** The value of a {@link AttributeType#DOUBLE}. */
  public double doubleValue() {
    return Cells.get(values.doubles(), row);
  }

  /** The value of a {@link AttributeType#BOOL}. */
  public boolean boolValue() {
    return Cells.get(values.bools(), row) != 0;
  }

  /** The value of {@link AttributeType#BYTES}. */
  public byte[] bytesValue() {
    return Cells.bytes(values.bytes(), row);
  }

  /** The CBOR of a {@link AttributeType#MAP} or {@link AttributeType#SLICE}; empty if null. */
  public byte[] serializedValue() {
    return Cells.bytes(values.serialized(), row);
  }

  /** Whether the value is this string, in UTF-8. */
  public boolean isString(byte[] value) {
    return type() == AttributeType.STRING && equal(values.strings(), row, value);
  }

  private boolean hasKey(int candidate, byte[] key) {
    return equal(keys, candidate, key);
  }

  private static boolean equal(BinaryVector column, int row, byte[] value) {
    int size = Cells.size(column, row);
    if (size != value.length) {
      return false;
    }
    if (size == 0) {
      return true;
    }
    int from = column.start(row);
    return Arrays.equals(column.data(), from, from + size, value, 0, size);
  }
}

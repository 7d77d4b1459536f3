/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.annotation.Internal;
import io.otap.core.batch.BinaryColumnBuilder;
import io.otap.core.batch.ByteColumnBuilder;
import io.otap.core.batch.DoubleColumnBuilder;
import io.otap.core.batch.LongColumnBuilder;
import io.otap.core.batch.TableBuilder;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;

/** Fills the columns that together hold an AnyValue. */
@Internal
public final class AnyValueDecoder {

  private final ByteColumnBuilder types;
  private final BinaryColumnBuilder strings;
  private final LongColumnBuilder ints;
  private final DoubleColumnBuilder doubles;
  private final ByteColumnBuilder bools;
  private final BinaryColumnBuilder bytes;
  private final BinaryColumnBuilder serialized;
  private final CborWriter cbor = new CborWriter();

  /**
   * @param prefix of the columns' paths, {@code body.} or nothing
   */
  public AnyValueDecoder(TableBuilder table, String prefix) {
    types = table.bytes(prefix + "type");
    strings = table.binaries(prefix + "str");
    ints = table.longs(prefix + "int");
    doubles = table.doubles(prefix + "double");
    bools = table.bytes(prefix + "bool");
    bytes = table.binaries(prefix + "bytes");
    serialized = table.binaries(prefix + "ser");
  }

  /**
   * Sets the value of a row.
   *
   * @throws OtapException of kind WIRE if it is nested too deep
   */
  public void set(int row, AnyValue value) throws OtapException {
    switch (value.getValueCase()) {
      case STRING_VALUE -> {
        type(row, AttributeType.STRING);
        strings.set(row, value.getStringValue());
      }
      case INT_VALUE -> {
        type(row, AttributeType.INT);
        ints.set(row, value.getIntValue());
      }
      case DOUBLE_VALUE -> {
        type(row, AttributeType.DOUBLE);
        doubles.set(row, value.getDoubleValue());
      }
      case BOOL_VALUE -> {
        type(row, AttributeType.BOOL);
        bools.set(row, (byte) (value.getBoolValue() ? 1 : 0));
      }
      case BYTES_VALUE -> {
        type(row, AttributeType.BYTES);
        bytes.set(row, value.getBytesValue().toByteArray());
      }
      case KVLIST_VALUE -> {
        type(row, AttributeType.MAP);
        serialized.set(row, cbor.write(value));
      }
      case ARRAY_VALUE -> {
        type(row, AttributeType.SLICE);
        serialized.set(row, cbor.write(value));
      }
      default -> type(row, AttributeType.EMPTY);
    }
  }

  private void type(int row, AttributeType type) {
    types.set(row, (byte) type.code());
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.Cells;
import io.otap.core.batch.DoubleVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.AttributeType;

/**
 * Columns that together hold an AnyValue: those of an attribute table, or of a log body. {@code
 * type} decides which column counts; a null there is the default of the type (OTAP-FORMAT 2.8).
 */
final class AnyValueEncoder {

  private final ReverseProtoWriter out;
  private final CborEncoder cbor;
  private final OtapTable table;
  private final String prefix;
  private final ByteVector types;
  private final BinaryVector strings;
  private final LongVector ints;
  private final DoubleVector doubles;
  private final ByteVector bools;
  private final BinaryVector bytes;
  private final BinaryVector serialized;

  /**
   * @param prefix of the columns' paths, {@code body.} or nothing
   */
  AnyValueEncoder(OtapTable table, String prefix, ReverseProtoWriter out) {
    this.out = out;
    this.cbor = new CborEncoder(out);
    this.table = table;
    this.prefix = prefix;
    this.types = table.byteVector(prefix + "type");
    this.strings = table.binaryVector(prefix + "str");
    this.ints = table.longVector(prefix + "int");
    this.doubles = table.doubleVector(prefix + "double");
    this.bools = table.byteVector(prefix + "bool");
    this.bytes = table.binaryVector(prefix + "bytes");
    this.serialized = table.binaryVector(prefix + "ser");
  }

  boolean isEmpty(int row) {
    return Cells.get(types, row) == AttributeType.EMPTY.code();
  }

  /** Writes the value of a row as an AnyValue in this field; an empty one if it has no value. */
  void write(int field, int row) throws OtapException {
    AttributeType type = AttributeType.ofCode(Cells.get(types, row));
    if (type == null) {
      throw OtapException.of(
              OtapErrorKind.SCHEMA, "unknown type code " + Cells.get(types, row) + " of a value")
          .at(place("type", row));
    }
    int end = out.written();
    switch (type) {
      case EMPTY -> {}
      case STRING -> out.presentBytes(AnyValue.STRING_VALUE_FIELD_NUMBER, strings, row);
      case INT -> out.presentInt64(AnyValue.INT_VALUE_FIELD_NUMBER, Cells.get(ints, row));
      case DOUBLE ->
          out.presentFloat64(AnyValue.DOUBLE_VALUE_FIELD_NUMBER, Cells.get(doubles, row));
      case BOOL -> out.presentBool(AnyValue.BOOL_VALUE_FIELD_NUMBER, Cells.get(bools, row) != 0);
      case BYTES -> out.presentBytes(AnyValue.BYTES_VALUE_FIELD_NUMBER, bytes, row);
      case MAP, SLICE -> {
        if (!Cells.isNull(serialized, row)) {
          decode(field, row);
          return;
        }
        out.close(
            type == AttributeType.MAP
                ? AnyValue.KVLIST_VALUE_FIELD_NUMBER
                : AnyValue.ARRAY_VALUE_FIELD_NUMBER,
            end);
      }
    }
    out.close(field, end);
  }

  private void decode(int field, int row) throws OtapException {
    int start = serialized.start(row);
    try {
      cbor.write(field, serialized.data(), start, start + serialized.size(row));
    } catch (OtapException e) {
      throw e.at(place("ser", row));
    }
  }

  private Place place(String column, int row) {
    return Place.row(table.type().folder(), null, prefix + column, row);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.batch.AnyValueColumns;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.Cells;
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
  private final int field;
  private final AnyValueColumns columns;
  private final DictionaryFields stringFields;

  /**
   * @param prefix of the columns' paths, {@code body.} or nothing
   * @param field of the message that has the value
   */
  AnyValueEncoder(OtapTable table, String prefix, int field, ReverseProtoWriter out) {
    this.out = out;
    this.cbor = new CborEncoder(out);
    this.table = table;
    this.prefix = prefix;
    this.field = field;
    this.columns = AnyValueColumns.of(table, prefix);
    this.stringFields = DictionaryFields.of(columns.strings(), this::string);
  }

  boolean isEmpty(int row) {
    return columns.typeCode(row) == AttributeType.EMPTY.code();
  }

  private void string(ReverseProtoWriter to, byte[] data, int from, int size) {
    int end = to.written();
    to.presentBytes(AnyValue.STRING_VALUE_FIELD_NUMBER, data, from, size);
    to.close(field, end);
  }

  /** Writes the value of a row as an AnyValue; an empty one if it has no value. */
  void write(int row) throws OtapException {
    AttributeType type = columns.type(row);
    if (type == null) {
      throw OtapException.of(
              OtapErrorKind.SCHEMA, "unknown type code " + columns.typeCode(row) + " of a value")
          .at(place("type", row));
    }
    int end = out.written();
    switch (type) {
      case EMPTY -> {}
      case STRING -> {
        if (stringFields != null && !columns.strings().isNull(row)) {
          stringFields.write(out, row);
          return;
        }
        out.presentBytes(AnyValue.STRING_VALUE_FIELD_NUMBER, columns.strings(), row);
      }
      case INT -> out.presentInt64(AnyValue.INT_VALUE_FIELD_NUMBER, Cells.get(columns.ints(), row));
      case DOUBLE ->
          out.presentFloat64(AnyValue.DOUBLE_VALUE_FIELD_NUMBER, Cells.get(columns.doubles(), row));
      case BOOL ->
          out.presentBool(AnyValue.BOOL_VALUE_FIELD_NUMBER, Cells.get(columns.bools(), row) != 0);
      case BYTES -> out.presentBytes(AnyValue.BYTES_VALUE_FIELD_NUMBER, columns.bytes(), row);
      case MAP, SLICE -> {
        if (!Cells.isNull(columns.serialized(), row)) {
          decode(type, row);
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

  private void decode(AttributeType type, int row) throws OtapException {
    BinaryVector serialized = columns.serialized();
    int start = serialized.start(row);
    try {
      cbor.write(field, type, serialized.data(), start, start + serialized.size(row));
    } catch (OtapException e) {
      throw e.at(place("ser", row));
    }
  }

  private Place place(String column, int row) {
    return Place.row(table.type().folder(), null, prefix + column, row);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;

/** CBOR maps and arrays as bytes of AnyValue. */
final class CborEncoder {

  private final ReverseProtoWriter out;
  private final CborTokens tokens = new CborTokens();

  /** By depth: mark at the end of the array or map. */
  private final int[] ends = new int[CborTokens.MAX_DEPTH + 1];

  /** By depth: mark at the end of the map entry that is being written. */
  private final int[] entryEnds = new int[CborTokens.MAX_DEPTH + 1];

  /** By depth: the field that holds a value there. */
  private final int[] fields = new int[CborTokens.MAX_DEPTH + 1];

  CborEncoder(ReverseProtoWriter out) {
    this.out = out;
  }

  /**
   * Writes an item as an AnyValue in this field.
   *
   * @param type MAP or SLICE, as the column {@code type} says
   * @throws OtapException of kind CORRUPT if the bytes are anything else
   */
  void write(int field, AttributeType type, byte[] data, int from, int to) throws OtapException {
    tokens.read(data, from, to);
    boolean map = type == AttributeType.MAP;
    if (map != (tokens.kind(0) == CborTokens.MAP)) {
      throw OtapException.of(
          OtapErrorKind.CORRUPT,
          "a CBOR value is "
              + (map ? "an array, but its type is a map" : "a map, but its type is an array")
              + "; copy the file again");
    }
    fields[0] = field;
    int depth = 0;
    for (int i = tokens.count() - 1; i >= 0; i--) {
      byte kind = tokens.kind(i);
      int end = out.written();
      switch (kind) {
        case CborTokens.ARRAY_END, CborTokens.MAP_END -> {
          depth++;
          ends[depth] = end;
          entryEnds[depth] = end;
          fields[depth] =
              kind == CborTokens.ARRAY_END
                  ? ArrayValue.VALUES_FIELD_NUMBER
                  : KeyValue.VALUE_FIELD_NUMBER;
        }
        case CborTokens.ARRAY, CborTokens.MAP -> {
          out.close(
              kind == CborTokens.ARRAY
                  ? AnyValue.ARRAY_VALUE_FIELD_NUMBER
                  : AnyValue.KVLIST_VALUE_FIELD_NUMBER,
              ends[depth]);
          depth--;
          out.close(fields[depth], ends[depth + 1]);
        }
        case CborTokens.KEY -> {
          string(KeyValue.KEY_FIELD_NUMBER, i);
          out.close(KeyValueList.VALUES_FIELD_NUMBER, entryEnds[depth]);
          entryEnds[depth] = out.written();
        }
        default -> {
          scalar(kind, i);
          out.close(fields[depth], end);
        }
      }
    }
  }

  private void scalar(byte kind, int token) {
    switch (kind) {
      case CborTokens.NULL -> {}
      case CborTokens.FALSE, CborTokens.TRUE ->
          out.presentBool(AnyValue.BOOL_VALUE_FIELD_NUMBER, kind == CborTokens.TRUE);
      case CborTokens.INT -> out.presentInt64(AnyValue.INT_VALUE_FIELD_NUMBER, tokens.value(token));
      case CborTokens.DOUBLE ->
          out.presentFixed64(AnyValue.DOUBLE_VALUE_FIELD_NUMBER, tokens.value(token));
      case CborTokens.TEXT -> string(AnyValue.STRING_VALUE_FIELD_NUMBER, token);
      case CborTokens.BYTES -> string(AnyValue.BYTES_VALUE_FIELD_NUMBER, token);
      default -> throw new IllegalStateException("token " + kind);
    }
  }

  private void string(int field, int token) {
    out.presentBytes(field, tokens.source(token), tokens.offset(token), tokens.size(token));
  }
}

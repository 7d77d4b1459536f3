/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.batch.AnyValueColumns;
import io.otap.core.batch.Cells;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import io.otap.core.otlp.AnyValueBytes;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.value.AnyValues;
import io.otap.flink.table.value.ValueText;
import io.otap.flink.table.value.ValueVariant;
import org.apache.flink.table.data.StringData;

/** Values of any type. */
final class ValueReader {

  private ValueReader() {}

  /**
   * @param prefix of the columns' paths, {@code body.} or nothing
   */
  static FieldReader of(ValueForm form, OtapTable table, String prefix) {
    AnyValueColumns columns = AnyValueColumns.of(table, prefix);
    AnyValueBytes values = new AnyValueBytes(table, prefix);
    return switch (form) {
      case TEXT -> {
        Texts texts = new Texts(columns.strings());
        yield row -> text(columns, texts, values, row);
      }
      case VARIANT -> row -> ValueVariant.of(AnyValues.parse(values.get(row)));
      case EXACT ->
          row -> columns.typeCode(row) == AttributeType.EMPTY.code() ? null : values.get(row);
    };
  }

  private static StringData text(
      AnyValueColumns columns, Texts texts, AnyValueBytes values, int row) throws OtapException {
    AttributeType type = columns.type(row);
    if (type == AttributeType.STRING) {
      return texts.read(row);
    }
    if (type == AttributeType.EMPTY) {
      return null;
    }
    if (type == AttributeType.INT) {
      return ascii(Long.toString(Cells.get(columns.ints(), row)));
    }
    if (type == AttributeType.DOUBLE) {
      return ascii(Double.toString(Cells.get(columns.doubles(), row)));
    }
    AnyValue value = AnyValues.parse(values.get(row));
    return StringData.fromString(ValueText.of(value));
  }

  private static StringData ascii(String digits) {
    return StringData.fromBytes(digits.getBytes(ISO_8859_1));
  }
}

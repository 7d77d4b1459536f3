/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.otap.core.batch.AnyValueColumns;
import io.otap.core.batch.Cells;
import io.otap.core.error.OtapException;
import io.otap.core.model.AttributeType;
import io.otap.core.otlp.AnyValueBytes;
import io.otap.flink.table.value.AnyValues;
import io.otap.flink.table.value.ValueText;
import org.apache.flink.table.data.StringData;

/** Values of any type as text. */
final class ValueTexts implements FieldReader {

  private final AnyValueColumns columns;
  private final AnyValueBytes values;
  private final Texts strings;

  /**
   * @param values those of the columns
   */
  ValueTexts(AnyValueColumns columns, AnyValueBytes values) {
    this.columns = columns;
    this.values = values;
    this.strings = new Texts(columns.strings());
  }

  @Override
  public StringData read(int row) throws OtapException {
    AttributeType type = columns.type(row);
    if (type == AttributeType.STRING) {
      return strings.read(row);
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
    return StringData.fromString(ValueText.of(AnyValues.parse(values.get(row))));
  }

  private static StringData ascii(String digits) {
    return StringData.fromBytes(digits.getBytes(ISO_8859_1));
  }

  @Override
  public boolean isNull(int row) throws OtapException {
    return columns.type(row) != AttributeType.STRING && read(row) == null;
  }

  /** That of a string. */
  @Override
  public int code(int row) {
    return columns.type(row) == AttributeType.STRING ? strings.code(row) : NO_CODE;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** The text of a value for people: plain where it is simple, else as JSON. */
final class CellText {

  private final ZoneId zone;

  /**
   * @param zone in which times are told
   */
  CellText(ZoneId zone) {
    this.zone = zone;
  }

  /** The text of a value that is not null. */
  String of(Object value, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          timestamp(type).format(((Instant) value).atZone(zone).toLocalDateTime());
      case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(type).format((LocalDateTime) value);
      case BINARY, VARBINARY -> "x'" + HexFormat.of().formatHex((byte[]) value) + "'";
      case ARRAY, MAP, MULTISET, ROW, STRUCTURED_TYPE, VARIANT -> JsonValue.text(value, type);
      default -> value.toString();
    };
  }

  /** Whether values of a type are told best with their last digits one below the other. */
  static boolean isNumber(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  private static DateTimeFormatter timestamp(LogicalType type) {
    int precision = LogicalTypeChecks.getPrecision(type);
    DateTimeFormatterBuilder format =
        new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss");
    if (precision > 0) {
      format.appendFraction(ChronoField.NANO_OF_SECOND, precision, precision, true);
    }
    return format.toFormatter(Locale.ROOT);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** Every format, over values of every kind. */
class RowPrinterTest {

  private static final List<Column> FEW =
      List.of(
          Column.physical("name", DataTypes.STRING()), Column.physical("n", DataTypes.BIGINT()));

  private static final List<Column> MANY =
      List.of(
          Column.physical("at", DataTypes.TIMESTAMP_LTZ(9)),
          Column.physical("local", DataTypes.TIMESTAMP(3)),
          Column.physical("id", DataTypes.BYTES()),
          Column.physical("sum", DataTypes.DECIMAL(20, 0)),
          Column.physical("ratio", DataTypes.DOUBLE()),
          Column.physical("ok", DataTypes.BOOLEAN()),
          Column.physical("attributes", DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING())),
          Column.physical(
              "events",
              DataTypes.ARRAY(
                  DataTypes.ROW(
                      DataTypes.FIELD("name", DataTypes.STRING()),
                      DataTypes.FIELD("bytes", DataTypes.BYTES()),
                      DataTypes.FIELD("counts", DataTypes.ARRAY(DataTypes.INT().notNull()))))));

  private static final Row VALUES =
      Row.of(
          Instant.parse("2026-01-02T03:04:05.000000006Z"),
          LocalDateTime.parse("2026-01-02T03:04:05"),
          new byte[] {0, (byte) 0xff},
          new BigDecimal("18446744073709551615"),
          0.5,
          true,
          new TreeMap<>(Map.of("b", "\"2\"", "a", "1")),
          new Row[] {Row.of("x", new byte[] {1}, new int[] {1, 2}), Row.of(null, null, null)});

  private static final Row NOTHING = new Row(8);

  private static final String EVENTS =
      "[{\"name\":\"x\",\"bytes\":\"AQ==\",\"counts\":[1,2]},{\"name\":null,\"bytes\":null,\"counts\":null}]";

  @Test
  void columnsAreAligned() {
    assertThat(table(false, FEW, Row.of("INFO", 12345L), Row.of(null, null), Row.of("", 1L)))
        .isEqualTo(
            """
             name |     n
            ------+-------
             INFO | 12345
             NULL |  NULL
                  |     1
            """);
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    assertThat(table(false, FEW, Row.of("日本", 1L), Row.of("e\u0301", 2L), Row.of("🙂", 3L)))
        .isEqualTo(
            """
             name | n
            ------+---
             日本 | 1
             e\u0301    | 2
             🙂   | 3
            """);
  }

  @Test
  void wideValuesAreCutWithAMarkUnlessWantedInFull() {
    String wide = "x".repeat(AlignedTable.WIDEST) + "y";
    assertThat(table(false, FEW, Row.of(wide, 1L)).lines().toList().get(2))
        .isEqualTo(" " + "x".repeat(AlignedTable.WIDEST - 1) + "… | 1");
    assertThat(table(true, FEW, Row.of(wide, 1L)).lines().toList().get(2))
        .isEqualTo(" " + wide + " | 1");
  }

  @Test
  void laterRowsKeepTheWidthsOfTheFirst() {
    Row[] rows = new Row[AlignedTable.MEASURED + 1];
    java.util.Arrays.fill(rows, Row.of("abcd", 1L));
    rows[AlignedTable.MEASURED] = Row.of("abcdef", 2L);
    assertThat(table(false, FEW, rows).lines().toList())
        .hasSize(rows.length + 2)
        .endsWith(" abcd | 1", " abc… | 2");
  }

  @Test
  void controlCharactersDoNotBreakLines() {
    assertThat(table(false, FEW, Row.of("a\nb\tc\u001b", 1L))).contains(" a\\nb\\tc\\u001b | 1\n");
  }

  @Test
  void anEmptyResultHasItsColumns() {
    assertThat(table(false, FEW)).isEqualTo(" name | n\n------+---\n");
    assertThat(printed(ResultFormat.CSV, FEW)).isEqualTo("name,n\r\n");
    assertThat(printed(ResultFormat.JSON, FEW)).isEmpty();
    assertThat(printed(ResultFormat.MARKDOWN, FEW)).isEqualTo("| name | n |\n| --- | ---: |\n");
  }

  @Test
  void valuesOfEveryKindAsText() {
    assertThat(printed(ResultFormat.CSV, MANY, VALUES, NOTHING))
        .isEqualTo(
            "at,local,id,sum,ratio,ok,attributes,events\r\n"
                + "2026-01-02 03:04:05.000000006,2026-01-02 03:04:05.000,x'00ff',18446744073709551615,"
                + "0.5,true,\"{\"\"a\"\":\"\"1\"\",\"\"b\"\":\"\"\\\"\"2\\\"\"\"\"}\",\""
                + EVENTS.replace("\"", "\"\"")
                + "\"\r\n,,,,,,,\r\n");
  }

  @Test
  void valuesOfEveryKindAsJson() {
    assertThat(printed(ResultFormat.JSON, MANY, VALUES, NOTHING).lines())
        .containsExactly(
            "{\"at\":\"2026-01-02T03:04:05.000000006Z\",\"local\":\"2026-01-02T03:04:05\","
                + "\"id\":\"AP8=\",\"sum\":18446744073709551615,\"ratio\":0.5,\"ok\":true,"
                + "\"attributes\":{\"a\":\"1\",\"b\":\"\\\"2\\\"\"},\"events\":"
                + EVENTS
                + "}",
            "{\"at\":null,\"local\":null,\"id\":null,\"sum\":null,\"ratio\":null,\"ok\":null,"
                + "\"attributes\":null,\"events\":null}");
  }

  @Test
  void whatIsNoNumberInJsonIsText() {
    List<Column> column = List.of(Column.physical("v", DataTypes.DOUBLE()));
    assertThat(printed(ResultFormat.JSON, column, Row.of(Double.NaN), Row.of(1e300)))
        .isEqualTo("{\"v\":\"NaN\"}\n{\"v\":1.0E300}\n");
  }

  @Test
  void nullAndEmptyDifferInCsv() {
    assertThat(printed(ResultFormat.CSV, FEW, Row.of(null, 1L), Row.of("", 2L), Row.of("a,b", 3L)))
        .isEqualTo("name,n\r\n,1\r\n\"\",2\r\n\"a,b\",3\r\n");
  }

  @Test
  void markdownEscapesWhatItWouldRead() {
    assertThat(printed(ResultFormat.MARKDOWN, FEW, Row.of("a|b\n<c>\\", null)))
        .endsWith("| a\\|b<br>&lt;c>\\\\ | NULL |\n");
  }

  @Test
  void timesAreToldInTheZoneOfTheSession() {
    CellText berlin = new CellText(ZoneId.of("Europe/Berlin"));
    assertThat(
            berlin.of(
                Instant.parse("2026-01-02T23:04:05Z"), DataTypes.TIMESTAMP_LTZ(0).getLogicalType()))
        .isEqualTo("2026-01-03 00:04:05");
  }

  private static String table(boolean full, List<Column> columns, Row... rows) {
    return printed(ResultFormat.TABLE, full, columns, rows);
  }

  private static String printed(ResultFormat format, List<Column> columns, Row... rows) {
    return printed(format, false, columns, rows);
  }

  private static String printed(
      ResultFormat format, boolean full, List<Column> columns, Row... rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RowPrinter printer =
        format.printer(
            columns,
            new CellText(ZoneOffset.UTC),
            full,
            new PrintStream(bytes, false, StandardCharsets.UTF_8));
    for (Row row : rows) {
      printer.print(row);
    }
    printer.end();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

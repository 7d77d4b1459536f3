/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.FooterEdit;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a file's schema may differ in from the model, and what not. */
class SchemaTest {

  private static final String ATTRS =
      "optional int32 parent_id (UINT_32); required binary key (UTF8); required int32 type"
          + " (UINT_8);";

  private final Map<String, List<?>> columns = new TreeMap<>();
  private ParquetProperties properties = EncodingsTest.properties(WriterVersion.PARQUET_1_0, "");
  private CompressionCodec codec = CompressionCodec.UNCOMPRESSED;

  private SchemaTest with(String path, Object... values) {
    columns.put(path, Arrays.asList(values));
    return this;
  }

  private byte[] file(String fields, String declared) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m {" + fields + "}");
    MessageType footer = MessageTypeParser.parseMessageType("message m {" + declared + "}");
    ApacheWriter writer = new ApacheWriter(schema, footer, properties, codec, true);
    int rows = columns.values().iterator().next().size();
    writer.rowGroup(rows, store -> write(schema, store, rows));
    return writer.finish();
  }

  private void write(MessageType schema, ColumnWriteStore store, int rows) {
    for (int row = 0; row < rows; row++) {
      for (ColumnDescriptor column : schema.getColumns()) {
        Object value = columns.get(String.join(".", column.getPath())).get(row);
        ColumnWriter writer = store.getColumnWriter(column);
        int max = column.getMaxDefinitionLevel();
        if (value instanceof List<?> list) {
          if (list.isEmpty()) {
            writer.writeNull(0, 1);
          }
          for (int i = 0; i < list.size(); i++) {
            write(writer, list.get(i), i == 0 ? 0 : 1, max);
          }
        } else {
          write(writer, value, 0, max);
        }
      }
      store.endRecord();
    }
  }

  private static void write(ColumnWriter writer, Object value, int repetition, int max) {
    if (value == null) {
      writer.writeNull(repetition, max - 1);
    } else if (value instanceof Integer i) {
      writer.write(i, repetition, max);
    } else if (value instanceof Long l) {
      writer.write(l, repetition, max);
    } else if (value instanceof Double d) {
      writer.write(d, repetition, max);
    } else {
      writer.write(Binary.fromString((String) value), repetition, max);
    }
  }

  private List<OtapTable> read(PayloadType type, String fields) throws IOException {
    return read(type, file(fields, fields));
  }

  private static List<OtapTable> read(PayloadType type, byte[] file) throws IOException {
    return ParquetFiles.read(file, type, type.columns(), 100, 0, Long.MAX_VALUE);
  }

  private void refuses(PayloadType type, String fields, String column, long row, String message) {
    assertThatThrownBy(() -> read(type, fields))
        .isInstanceOfSatisfying(
            OtapException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(OtapErrorKind.SCHEMA);
              assertThat(e.place().table()).isEqualTo(type.folder());
              assertThat(e.place().column()).isEqualTo(column);
              assertThat(e.place().row()).isEqualTo(row);
              assertThat(e.place().file()).isEqualTo("memory");
            })
        .hasMessageContaining(message);
  }

  private static List<Object> values(List<OtapTable> tables, String path) {
    return Values.of(tables, tables.get(0).type().column(path));
  }

  private SchemaTest attrs() {
    return with("parent_id", 0, 1).with("key", "a", "b").with("type", 1, 7);
  }

  @Test
  void idsMayBeOfAnyInteger() throws IOException {
    with("parent_id", 4294967295L, 0L).with("key", "a", "b").with("type", 0L, 7L);
    List<OtapTable> tables =
        read(
            PayloadType.LOG_ATTRS,
            "optional int64 parent_id; required binary key; required int64 type (INT_64);");
    assertThat(values(tables, "parent_id")).containsExactly(-1, 0);
    assertThat(values(tables, "type")).containsExactly((byte) 0, (byte) 7);
    assertThat(tables.get(0).vector(PayloadType.LOG_ATTRS.column("str"))).isNull();
  }

  @Test
  void refusesIdsOfMoreThan32Bits() {
    with("parent_id", 0L, 4294967296L).with("key", "a", "b").with("type", 0, 7);
    refuses(
        PayloadType.LOG_ATTRS,
        "optional int64 parent_id; required binary key; required int32 type;",
        "parent_id",
        1,
        "4294967296 does not fit");
  }

  @Test
  void refusesNullsWhereEveryRowNeedsAValue() {
    attrs().with("parent_id", 3, null);
    refuses(PayloadType.LOG_ATTRS, ATTRS, "parent_id", 1, "a null");
    attrs().with("key", null, "b");
    refuses(
        PayloadType.LOG_ATTRS,
        ATTRS.replace("required binary", "optional binary"),
        "key",
        0,
        "a null");
  }

  @Test
  void refusesAMissingColumnThatEveryRowNeeds() {
    attrs();
    refuses(
        PayloadType.LOG_ATTRS,
        "optional int32 parent_id; required int32 type;",
        "key",
        -1,
        "does not have the column");
  }

  @Test
  void refusesUnknownTypesOfValues() {
    attrs().with("type", 1, 8);
    refuses(PayloadType.LOG_ATTRS, ATTRS, "type", 1, "is 8, but only 0 to 7");
    attrs().with("type", 9, 1);
    refuses(PayloadType.LOG_ATTRS, ATTRS, "type", 0, "is 9, but only 0 to 7");
    attrs().with("type", 300, 8);
    refuses(PayloadType.LOG_ATTRS, ATTRS, "type", 0, "300 does not fit in 8 bits");
  }

  @Test
  void refusesOtherTypes() {
    attrs().with("key", 1, 2);
    refuses(
        PayloadType.LOG_ATTRS,
        "optional int32 parent_id; required int32 key; required int32 type;",
        "key",
        -1,
        "the column is INT32, which cannot be read as UTF8; expected BYTE_ARRAY");
    with("time_unix_nano", 1L, 2L);
    refuses(
        PayloadType.LOGS,
        "required int64 time_unix_nano (TIMESTAMP_MICROS);",
        "time_unix_nano",
        -1,
        "TIMESTAMP");
    attrs().with("key.list.element", List.of("a"), List.of());
    refuses(
        PayloadType.LOG_ATTRS,
        "optional int32 parent_id; required group key (LIST) {repeated group list {required binary"
            + " element;}} required int32 type;",
        "key",
        -1,
        "levels of lists");
  }

  @ParameterizedTest
  @EnumSource(names = {"BROTLI", "LZO", "LZ4"})
  void refusesCodecsByName(CompressionCodec unsupported) {
    attrs();
    codec = unsupported;
    refuses(
        PayloadType.LOG_ATTRS,
        ATTRS,
        "parent_id",
        -1,
        "compressed with " + unsupported + ", which is not supported");
  }

  @Test
  void idsMayHave16Bits() throws IOException {
    with("id", 65_535, null).with("time_unix_nano", 1L, 2L);
    List<OtapTable> tables =
        read(PayloadType.LOGS, "optional int32 id (UINT_16); required int64 time_unix_nano;");
    assertThat(values(tables, "id")).containsExactly(65_535, null);
    assertThat(values(tables, "time_unix_nano")).containsExactly(1L, 2L);
  }

  @Test
  void timestampsMayBeWithoutUtc() throws IOException {
    with("time_unix_nano", 1L, -1L);
    String fields = "required int64 time_unix_nano;";
    for (boolean utc : new boolean[] {true, false}) {
      byte[] file =
          FooterEdit.edit(
              file(fields, fields),
              meta ->
                  meta.getSchema()
                      .get(1)
                      .setLogicalType(
                          LogicalType.TIMESTAMP(
                              new TimestampType(utc, TimeUnit.NANOS(new NanoSeconds())))));
      assertThat(values(read(PayloadType.LOGS, file), "time_unix_nano")).containsExactly(1L, -1L);
    }
  }

  @ParameterizedTest
  @CsvSource({"id, delta, LOGS", "parent_id, quasidelta, LOG_ATTRS", "resource.id, delta, LOGS"})
  void refusesColumnsThatAreMarkedAsEncoded(String path, String encoding, PayloadType type)
      throws IOException {
    with(path, 1, 2);
    boolean nested = path.contains(".");
    String fields =
        nested ? "required group resource {required int32 id;}" : "required int32 " + path + ";";
    byte[] plain = marked(file(fields, fields), path, "plain");
    assertThat(ParquetFooter.read(new ParquetFiles.Bytes(plain), "memory").rows()).isEqualTo(2);
    byte[] encoded = marked(file(fields, fields), path, encoding);
    assertThatThrownBy(() -> read(type, encoded))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.SCHEMA))
        .hasMessageContaining("encoded for transport (" + encoding + ")")
        .hasMessageContaining("column " + path)
        .hasMessageContaining("file memory");
  }

  private static byte[] marked(byte[] file, String path, String encoding) throws IOException {
    KeyValue schema = new KeyValue("ARROW:schema");
    schema.setValue(FooterEdit.arrowSchema(path, encoding));
    return FooterEdit.edit(file, meta -> meta.setKey_value_metadata(List.of(schema)));
  }

  @Test
  void ignoresAndListsUnknownColumns() throws IOException {
    attrs().with("more.a", 1, 2);
    byte[] file =
        file(
            ATTRS + "required group more {required int32 a;}",
            ATTRS + "required group more {required int32 a;}");
    assertThat(values(read(PayloadType.LOG_ATTRS, file), "key")).hasSize(2);
    assertThat(
            ParquetFooter.read(new ParquetFiles.Bytes(file), "memory")
                .unknownColumns(PayloadType.LOG_ATTRS))
        .containsExactly("more.a");
  }

  @Test
  void namesInsideListsDoNotMatter() throws IOException {
    String fields =
        "optional group bucket_counts (LIST) {repeated group list {optional int64 element;}}"
            + " required int32 parent_id;";
    with("bucket_counts.list.element", List.of(1L, 2L), List.of()).with("parent_id", 0, 1);
    assertThat(values(read(PayloadType.HISTOGRAM_DATA_POINTS, fields), "bucket_counts"))
        .containsExactly(List.of(1L, 2L), List.of());
    with("bucket_counts.list.element", List.of(), Arrays.asList(1L, null));
    refuses(
        PayloadType.HISTOGRAM_DATA_POINTS,
        fields,
        "bucket_counts",
        1,
        "an element without a value");
  }

  @Test
  void zerosOfExemplarsThatFillARequiredColumnAreNulls() throws IOException {
    with("parent_id", 0, 1, 2).with("int_value", 0L, 5L, 0L).with("double_value", 1.5, null, null);
    String fields =
        "required int32 parent_id; required int64 int_value; optional double double_value;";
    PayloadType type = PayloadType.NUMBER_DP_EXEMPLARS;
    assertThat(values(read(type, fields), "int_value")).containsExactly(null, 5L, 0L);
    with("double_value", 0L, 0L, 0L);
    List<OtapTable> tables =
        read(
            type,
            "required int32 parent_id; required int64 int_value; required int64"
                + " double_value;");
    assertThat(values(tables, "int_value")).containsExactly(0L, 5L, 0L);
    assertThat(values(tables, "double_value")).containsOnlyNulls();
  }

  @Test
  void countsZerosOfExemplarsThatNoDoubleTellsFromFiller() throws IOException {
    with("parent_id", 0, 1, 2).with("int_value", 0L, 5L, 0L).with("double_value", 0L, 0L, 0L);
    String ids = "required int32 parent_id;";
    String filled = ids + "required int64 int_value;";
    assertThat(undecidable(PayloadType.NUMBER_DP_EXEMPLARS, filled)).isEqualTo(2);
    filled += "required int64 double_value;";
    assertThat(undecidable(PayloadType.HISTOGRAM_DP_EXEMPLARS, filled)).isEqualTo(2);
    assertThat(undecidable(PayloadType.NUMBER_DATA_POINTS, ids + "required int64 int_value;"))
        .isZero();
    assertThat(undecidable(PayloadType.NUMBER_DP_EXEMPLARS, ids + "optional int64 int_value;"))
        .isZero();
    with("double_value", 1.5, null, null);
    assertThat(
            undecidable(
                PayloadType.NUMBER_DP_EXEMPLARS,
                ids + "required int64 int_value; optional double double_value;"))
        .isZero();
  }

  private long undecidable(PayloadType type, String fields) throws IOException {
    SeekableInput in = new ParquetFiles.Bytes(file(fields, fields));
    ParquetFooter footer = ParquetFooter.read(in, "memory");
    try (ParquetTableReader reader =
        ParquetTableReader.open(in, footer, type, type.columns(), 0, Long.MAX_VALUE)) {
      while (reader.next(2) != null) {
        assertThat(reader.row()).isPositive();
      }
      return reader.undecidableValues();
    }
  }

  @Test
  void repairsFixedLengthValuesWithALengthInFrontInEveryPage() throws IOException {
    for (String kind : List.of("dictionary", "plain", "mixed")) {
      properties = EncodingsTest.properties(WriterVersion.PARQUET_1_0, kind);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        ids.add(i % 3 == 0 ? null : String.format("%016d", i * 7919 % 211));
      }
      columns.put("trace_id", ids);
      byte[] file =
          file("optional binary trace_id;", "optional fixed_len_byte_array(16) trace_id;");
      assertThat(read(PayloadType.LOGS, file))
          .allSatisfy(t -> assertThat(t.binaryVector("trace_id").size(1)).isIn(0, 16));
      assertThat(
              read(PayloadType.LOGS, file).stream()
                  .flatMap(
                      t ->
                          IntStream.range(0, t.rows())
                              .mapToObj(
                                  r ->
                                      t.vector(PayloadType.LOGS.column("trace_id")).isNull(r)
                                          ? null
                                          : t.binaryVector("trace_id").string(r)))
                  .toList())
          .as(kind)
          .isEqualTo(ids);
    }
  }

  @Test
  void refusesFixedLengthValuesOfAnotherLength() throws IOException {
    with("trace_id", "0123456789abcdef", "0123456789abcde", "0123456789abcdefg");
    byte[] file = file("optional binary trace_id;", "optional fixed_len_byte_array(16) trace_id;");
    assertThatThrownBy(() -> read(PayloadType.LOGS, file))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT))
        .hasMessageContaining("neither the plain layout")
        .hasMessageContaining("column trace_id");
  }
}

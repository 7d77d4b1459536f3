/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.Concatenation;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the writer writes, the reader reads; what the footer says, the pages hold. */
class ParquetTableWriterTest {

  private static final int ROWS = 700;

  static Stream<Arguments> tables() {
    return Arrays.stream(PayloadType.values())
        .flatMap(
            type ->
                Stream.of(1L, 2L, 3L, 4L, 5L)
                    .map(seed -> Arguments.of(type, type.number() + seed)));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyColumnComesBack(PayloadType type, long seed) throws IOException {
    OtapTable table = random(type, seed);
    Random random = new Random(seed);
    WriteOptions options = options(random);
    byte[] file = write(table, options, random);
    List<OtapTable> read =
        ParquetFiles.read(file, type, type.columns(), 1 + random.nextInt(300), 0, ROWS);
    for (Column column : type.columns()) {
      assertThat(Values.of(read, column))
          .as("%s of %s with %s", column, type, options)
          .isEqualTo(Values.of(List.of(table), column));
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void recycledBuffersHaveTheValuesOfTheirStepOnly(PayloadType type, long seed) throws IOException {
    OtapTable table = random(type, seed);
    Random random = new Random(seed);
    byte[] file = write(table, options(random), random);
    int step = 1 + random.nextInt(300);
    ParquetFiles.Bytes in = new ParquetFiles.Bytes(file);
    ParquetFooter footer = ParquetFooter.read(in, "memory");
    long first = 0;
    try (ParquetTableReader scan =
        ParquetTableReader.scan(in, footer, type, type.columns(), 0, ROWS)) {
      for (OtapTable rows = scan.next(step); rows != null; rows = scan.next(step)) {
        for (Column column : type.columns()) {
          assertThat(Values.of(List.of(rows), column))
              .as("%s of %s from row %d", column, type, first)
              .isEqualTo(Values.of(List.of(table.slice((int) first, (int) scan.row())), column));
        }
        first = scan.row();
      }
    }
    assertThat(first).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void indexesHoldForThePages(PayloadType type, long seed) throws IOException {
    OtapTable table = random(type, seed);
    Random random = new Random(seed);
    byte[] file = write(table, options(random), random);
    for (int first : new int[] {1, 99, 350, ROWS - 1}) {
      List<OtapTable> read = ParquetFiles.read(file, type, type.columns(), 50, first, ROWS);
      for (Column column : type.columns()) {
        assertThat(Values.of(read, column))
            .as("%s of %s from row %d", column, type, first)
            .isEqualTo(Values.of(List.of(table.slice(first, ROWS)), column));
      }
    }
  }

  @Test
  void idsHaveStatisticsAndIndexes() throws IOException {
    OtapTable table = random(PayloadType.SPANS, 9);
    byte[] file =
        write(
            table,
            new WriteOptions(WriteCompression.ZSTD, 3, 300, 100, 1 << 20, 1 << 20, false),
            new Random(1));
    FileMetaData footer = footer(file);
    assertThat(footer.getRow_groups()).hasSize(3);
    ColumnChunk id = footer.getRow_groups().get(0).getColumns().get(0);
    OffsetIndex offsets =
        Util.readOffsetIndex(
            new ByteArrayInputStream(
                file, (int) id.getOffset_index_offset(), id.getOffset_index_length()));
    ColumnIndex pages =
        Util.readColumnIndex(
            new ByteArrayInputStream(
                file, (int) id.getColumn_index_offset(), id.getColumn_index_length()));
    assertThat(offsets.getPage_locations()).hasSize(3);
    assertThat(pages.getMin_values()).hasSize(3);
    assertThat(pages.getNull_counts().stream().mapToLong(n -> n).sum())
        .isEqualTo(id.getMeta_data().getStatistics().getNull_count());
    assertThat(id.getMeta_data().getStatistics().getMin_value()).hasSize(4);
  }

  @Test
  void dictionariesAreUsedWhereTheyPayAndLeftWhereTheyGrow() throws IOException {
    RandomTable random = new RandomTable(PayloadType.LOG_ATTRS, 3);
    byte[] original =
        random.write(
            ParquetProperties.builder().build(), CompressionCodec.UNCOMPRESSED, false, 5000);
    OtapTable table =
        Concatenation.of(
            PayloadType.LOG_ATTRS,
            ParquetFiles.read(
                original, PayloadType.LOG_ATTRS, PayloadType.LOG_ATTRS.columns(), 5000, 0, 5000));
    byte[] file =
        write(
            table,
            new WriteOptions(WriteCompression.UNCOMPRESSED, 0, 5000, 500, 1 << 20, 400, false),
            new Random(1));
    List<ColumnChunk> chunks = footer(file).getRow_groups().get(0).getColumns();
    PayloadType type = PayloadType.LOG_ATTRS;
    assertThat(chunks.get(type.column("type").index()).getMeta_data().getEncodings())
        .contains(Encoding.RLE_DICTIONARY);
    assertThat(chunks.stream().filter(c -> !c.getMeta_data().isSetDictionary_page_offset()).count())
        .isPositive();
    assertThat(
            Values.of(ParquetFiles.read(file, type, type.columns(), 999, 0, 5000), type.parentId()))
        .isEqualTo(Values.of(List.of(table), type.parentId()));
  }

  @Test
  void aNullThatTheModelRefusesIsRefused() throws IOException {
    PayloadType type = PayloadType.LOG_ATTRS;
    OtapTable table = random(type, 1).with(type.column("key"), null);
    assertThatThrownBy(() -> write(table, WriteOptions.DEFAULT, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key is null");
  }

  @Test
  void aFileWithoutRowsIsComplete() throws IOException {
    byte[] file = write(OtapTable.empty(PayloadType.LOGS), WriteOptions.DEFAULT, new Random(1));
    assertThat(footer(file).getNum_rows()).isZero();
    assertThat(ParquetFooter.read(new ParquetFiles.Bytes(file), "f").metadata("k")).isEqualTo("v");
  }

  static WriteOptions options(Random random) {
    WriteCompression[] codecs = WriteCompression.values();
    return new WriteOptions(
        codecs[random.nextInt(codecs.length)],
        1 + random.nextInt(5),
        random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(400),
        1 + random.nextInt(300),
        random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(3000),
        new int[] {0, 100, 1000, 1 << 20}[random.nextInt(4)],
        random.nextBoolean());
  }

  private static byte[] write(OtapTable table, WriteOptions options, Random random)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetTableWriter writer =
        new ParquetTableWriter(out, table.type(), options, Map.of("k", "v"))) {
      for (int from = 0, to; from < table.rows(); from = to) {
        to = Math.min(table.rows(), from + 1 + random.nextInt(200));
        writer.write(table.slice(from, to));
      }
    }
    return out.toByteArray();
  }

  private static OtapTable random(PayloadType type, long seed) throws IOException {
    byte[] file =
        new RandomTable(type, seed)
            .write(ParquetProperties.builder().build(), CompressionCodec.UNCOMPRESSED, false, ROWS);
    return Concatenation.of(type, ParquetFiles.read(file, type, type.columns(), ROWS, 0, ROWS));
  }

  private static FileMetaData footer(byte[] file) throws IOException {
    int at = file.length - 8;
    int size =
        file[at] & 0xff
            | (file[at + 1] & 0xff) << 8
            | (file[at + 2] & 0xff) << 16
            | file[at + 3] << 24;
    return Util.readFileMetaData(new ByteArrayInputStream(file, at - size, size));
  }
}

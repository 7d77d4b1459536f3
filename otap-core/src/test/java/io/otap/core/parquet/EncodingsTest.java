/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of Apache Parquet's encoders in the encodings, page versions and codecs of the format. */
class EncodingsTest {

  private static final int[] GROUPS = {211, 1, 300};

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, dictionary, UNCOMPRESSED, true",
    "PARQUET_1_0, dictionary, SNAPPY, false",
    "PARQUET_1_0, plain, GZIP, true",
    "PARQUET_1_0, mixed, ZSTD, false",
    "PARQUET_1_0, split, LZ4_RAW, true",
    "PARQUET_2_0, dictionary, ZSTD, true",
    "PARQUET_2_0, mixed, LZ4_RAW, false",
    "PARQUET_2_0, plain, UNCOMPRESSED, false",
    "PARQUET_2_0, plain, SNAPPY, true",
    "PARQUET_2_0, split, GZIP, false",
  })
  void readsWhatWasWritten(
      WriterVersion version, String kind, CompressionCodec codec, boolean index)
      throws IOException {
    for (PayloadType type : PayloadType.values()) {
      if (type.isAttributes() && type != PayloadType.LOG_ATTRS) {
        continue;
      }
      RandomTable table = new RandomTable(type, 7);
      byte[] file = table.write(properties(version, kind), codec, index, GROUPS);
      for (int step : new int[] {64, 1000}) {
        check(table, ParquetFiles.read(file, type, type.columns(), step, 0, 512), 0, 512);
        check(table, ParquetFiles.read(file, type, type.columns(), step, 137, 401), 137, 401);
        check(table, ParquetFiles.read(file, type, type.columns(), step, 212, 213), 212, 213);
      }
    }
  }

  @Test
  void blocksOfFilesWithoutIndexComeFromTheColumn() throws IOException {
    PayloadType type = PayloadType.SPAN_EVENTS;
    RandomTable table = new RandomTable(type, 3);
    byte[] file =
        table.write(
            properties(WriterVersion.PARQUET_1_0, "plain"),
            CompressionCodec.UNCOMPRESSED,
            true,
            5000,
            4000);
    SeekableInput in = new ParquetFiles.Bytes(file);
    BlockRanges blocks = BlockRanges.read(in, ParquetFooter.read(in, "memory"), type.parentId());
    assertThat(blocks.firstRow()).containsExactly(0, 4096, 8192);
    for (int b = 0; b < 3; b++) {
      LongSummaryStatistics ids =
          table
              .values
              .get(type.parentId())
              .subList(b * 4096, Math.min(9000, b * 4096 + 4096))
              .stream()
              .mapToLong(v -> ((Integer) v) & 0xffffffffL)
              .summaryStatistics();
      assertThat(blocks.min()[b]).isEqualTo(ids.getMin());
      assertThat(blocks.max()[b]).isEqualTo(ids.getMax());
    }
  }

  @Test
  void aSliceReadsLittleOfTheFile() throws IOException {
    PayloadType type = PayloadType.NUMBER_DATA_POINTS;
    byte[] file =
        new RandomTable(type, 3)
            .write(
                properties(WriterVersion.PARQUET_1_0, "mixed"),
                CompressionCodec.UNCOMPRESSED,
                true,
                20_000);
    SeekableInput in = new ParquetFiles.Bytes(file);
    ParquetFooter footer = ParquetFooter.read(in, "memory");
    try (ParquetTableReader reader =
        ParquetTableReader.open(in, footer, type, type.columns(), 10_000, 10_100)) {
      assertThat(reader.row()).isEqualTo(10_000);
      assertThat(reader.next(1000).rows()).isEqualTo(100);
      assertThat(reader.next(1000)).isNull();
      assertThat(reader.row()).isEqualTo(10_100);
      assertThat(file.length).isGreaterThan(400_000);
      assertThat(reader.bytesRead()).isBetween(1L, 120_000L);
    }
  }

  private static void check(RandomTable table, List<OtapTable> read, int first, int end) {
    for (Column column : table.type.columns()) {
      assertThat(Values.of(read, column))
          .as("%s %s from %d", table.type, column, first)
          .isEqualTo(table.values.get(column).subList(first, end));
    }
  }

  static ParquetProperties properties(WriterVersion version, String kind) {
    return ParquetProperties.builder()
        .withWriterVersion(version)
        .withDictionaryEncoding(kind.equals("dictionary") || kind.equals("mixed"))
        .withDictionaryPageSize(kind.equals("mixed") ? 600 : 1 << 20)
        .withExtendedByteStreamSplitEncoding(kind.equals("split"))
        .withPageRowCountLimit(50)
        .withMinRowCountForPageSizeCheck(10)
        .build();
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.FooterEdit;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.ByteVector;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.LongVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.junit.jupiter.api.Test;

/** A dictionary has every value of its row group, or is not taken to have. */
class DistinctValuesTest {

  private static final Column SEVERITY = PayloadType.LOGS.column("severity_text");

  @Test
  void everyValueOfEveryRecordedFileIsAmongThem() throws IOException {
    Map<ColumnType, Integer> known = new EnumMap<>(ColumnType.class);
    for (ParquetFiles.Recorded file : ParquetFiles.all()) {
      try (SeekableInput in = new LocalStorage().open(file.path().toString())) {
        ParquetFooter footer = file.footer();
        for (Column column : file.type().columns()) {
          long start = 0;
          for (int group = 0; group < footer.rowGroups(); group++) {
            long end = start + footer.rows(group);
            DistinctValues values =
                column.list() ? null : DistinctValues.read(in, footer, column, group);
            if (values != null) {
              known.merge(column.type(), 1, Integer::sum);
              compare(file, column, start, end, values);
            }
            start = end;
          }
        }
      }
    }
    assertThat(known)
        .containsKeys(
            ColumnType.UTF8,
            ColumnType.FIXED16,
            ColumnType.FIXED8,
            ColumnType.TIMESTAMP,
            ColumnType.INT32,
            ColumnType.UINT8,
            ColumnType.UINT32);
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    DistinctValues values = read(bytes());
    assertThat(values.anyBinary(wanted("ERROR"))).isTrue();
    assertThat(values.anyBinary(wanted("ERROR "))).isFalse();
  }

  @Test
  void withoutCountsOfPagesNothingIsKnown() throws IOException {
    assertThat(read(edited(chunk -> chunk.unsetEncoding_stats()))).isNull();
  }

  @Test
  void aPageOfAnotherEncodingCanHaveAnyValue() throws IOException {
    PageEncodingStats plain = new PageEncodingStats(PageType.DATA_PAGE, Encoding.PLAIN, 1);
    assertThat(read(edited(chunk -> chunk.addToEncoding_stats(plain)))).isNull();
    PageEncodingStats none = new PageEncodingStats(PageType.DATA_PAGE, Encoding.PLAIN, 0);
    assertThat(read(edited(chunk -> chunk.addToEncoding_stats(none)))).isNotNull();
  }

  @Test
  void countsThatContradictThePageIndexAreNotBelieved() throws IOException {
    assertThat(
            read(
                edited(
                    chunk ->
                        chunk.getEncoding_stats().stream()
                            .filter(stats -> stats.getPage_type() != PageType.DICTIONARY_PAGE)
                            .forEach(stats -> stats.setCount(stats.getCount() + 1)))))
        .isNull();
  }

  @Test
  void columnsThatAreNotThereOrHaveNoDictionaryAreNotKnown() throws IOException {
    assertThat(read(bytes(), PayloadType.LOGS.column("body.bool"))).isNull();
    assertThat(read(bytes(), PayloadType.SPANS.column("name"))).isNull();
  }

  @Test
  void aBrokenDictionaryIsReportedWithItsPlace() throws IOException {
    byte[] file = bytes();
    ColumnMetaData chunk = chunk(FooterEdit.read(file));
    Arrays.fill(
        file,
        (int) chunk.getDictionary_page_offset(),
        (int) chunk.getDictionary_page_offset() + 8,
        (byte) 0xff);
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT))
        .hasMessageContaining("severity_text")
        .hasMessageContaining("logs.parquet");
  }

  private static DistinctValues.BinaryTest wanted(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    return (data, from, to) -> Arrays.equals(data, from, to, value, 0, value.length);
  }

  private static byte[] bytes() throws IOException {
    return Files.readAllBytes(ParquetFiles.of("logs-small", PayloadType.LOGS).path());
  }

  private static byte[] edited(Consumer<ColumnMetaData> change) throws IOException {
    return FooterEdit.edit(bytes(), meta -> change.accept(chunk(meta)));
  }

  private static ColumnMetaData chunk(FileMetaData meta) {
    return meta.getRow_groups().get(0).getColumns().stream()
        .map(c -> c.getMeta_data())
        .filter(c -> c.getPath_in_schema().equals(List.of(SEVERITY.path())))
        .findFirst()
        .orElseThrow();
  }

  private static DistinctValues read(byte[] file) throws IOException {
    return read(file, SEVERITY);
  }

  private static DistinctValues read(byte[] file, Column column) throws IOException {
    SeekableInput in = new ParquetFiles.Bytes(file);
    return DistinctValues.read(in, ParquetFooter.read(in, "logs.parquet"), column, 0);
  }

  private static void compare(
      ParquetFiles.Recorded file, Column column, long firstRow, long endRow, DistinctValues values)
      throws IOException {
    SeekableInput in = new LocalStorage().open(file.path().toString());
    try (ParquetTableReader reader =
        ParquetTableReader.open(
            in, file.footer(), file.type(), List.of(column), firstRow, endRow)) {
      for (OtapTable rows = reader.next(8192); rows != null; rows = reader.next(8192)) {
        Vector vector = rows.vector(column);
        for (int row = 0; row < rows.rows(); row += 7) {
          if (vector != null && !vector.isNull(row)) {
            assertThat(has(values, vector, row, column))
                .as("%s %s row %d", file.path(), column, firstRow + row)
                .isTrue();
          }
        }
      }
    }
  }

  private static boolean has(DistinctValues values, Vector vector, int row, Column column)
      throws IOException {
    if (vector instanceof BinaryVector binary) {
      byte[] value = binary.bytes(row);
      return values.anyBinary(
          (data, from, to) -> Arrays.equals(data, from, to, value, 0, value.length));
    }
    long value;
    if (vector instanceof LongVector longs) {
      value = longs.get(row);
    } else if (vector instanceof ByteVector bytes) {
      value = bytes.get(row) & 0xff;
    } else {
      int bits = ((IntVector) vector).get(row);
      value = column.type() == ColumnType.INT32 ? bits : Integer.toUnsignedLong(bits);
    }
    return values.anyNumber(known -> known == value);
  }
}

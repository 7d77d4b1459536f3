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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.junit.jupiter.api.Test;

/** A dictionary has every value of its row group, or is not taken to have. */
class FileDictionariesTest {

  private static final Column SEVERITY = PayloadType.LOGS.column("severity_text");

  @Test
  void everyValueOfEveryRecordedFileIsAmongThem() throws IOException {
    Map<ColumnType, Integer> known = new EnumMap<>(ColumnType.class);
    for (ParquetFiles.Recorded file : ParquetFiles.all()) {
      try (SeekableInput in = new LocalStorage().open(file.path().toString());
          FileDictionaries dictionaries = new FileDictionaries(in, file.footer())) {
        for (Column column : file.type().columns()) {
          long start = 0;
          for (int group = 0; group < file.footer().rowGroups(); group++) {
            long end = start + file.footer().rows(group);
            Set<Object> values = values(dictionaries, group, column);
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

  /** The values of a dictionary; null if it is not known to have all. */
  private static Set<Object> values(FileDictionaries dictionaries, int group, Column column)
      throws IOException {
    Set<Object> values = new HashSet<>();
    boolean mayBeOthers =
        switch (column.type().storage()) {
          case BINARY ->
              dictionaries.mayHaveBinary(
                  group,
                  column,
                  (data, from, to) -> !values.add(HexFormat.of().formatHex(data, from, to)));
          case BYTES, INTS, LONGS ->
              dictionaries.mayHaveNumber(group, column, value -> !values.add(value));
          default -> true;
        };
    return mayBeOthers ? null : values;
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    assertThat(mayHave(bytes(), "ERROR")).isTrue();
    assertThat(mayHave(bytes(), "ERROR ")).isFalse();
  }

  @Test
  void withoutCountsOfPagesNothingIsKnown() throws IOException {
    assertThat(isKnown(edited(chunk -> chunk.unsetEncoding_stats()))).isFalse();
  }

  @Test
  void aPageOfAnotherEncodingCanHaveAnyValue() throws IOException {
    PageEncodingStats plain = new PageEncodingStats(PageType.DATA_PAGE, Encoding.PLAIN, 1);
    assertThat(isKnown(edited(chunk -> chunk.addToEncoding_stats(plain)))).isFalse();
    PageEncodingStats none = new PageEncodingStats(PageType.DATA_PAGE, Encoding.PLAIN, 0);
    assertThat(isKnown(edited(chunk -> chunk.addToEncoding_stats(none)))).isTrue();
  }

  @Test
  void countsThatContradictThePageIndexAreNotBelieved() throws IOException {
    assertThat(
            isKnown(
                edited(
                    chunk ->
                        chunk.getEncoding_stats().stream()
                            .filter(stats -> stats.getPage_type() != PageType.DICTIONARY_PAGE)
                            .forEach(stats -> stats.setCount(stats.getCount() + 1)))))
        .isFalse();
  }

  @Test
  void columnsThatAreNotThereOrHaveNoDictionaryAreNotKnown() throws IOException {
    try (FileDictionaries dictionaries = dictionaries(bytes())) {
      assertThat(values(dictionaries, 0, PayloadType.LOGS.column("body.bool"))).isNull();
      assertThat(values(dictionaries, 0, PayloadType.SPANS.column("name"))).isNull();
    }
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
    assertThatThrownBy(() -> isKnown(file))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT))
        .hasMessageContaining("severity_text")
        .hasMessageContaining("logs.parquet");
  }

  private static boolean mayHave(byte[] file, String text) throws IOException {
    try (FileDictionaries dictionaries = dictionaries(file)) {
      return dictionaries.mayHaveBinary(0, SEVERITY, wanted(text));
    }
  }

  private static FileDictionaries.BinaryTest wanted(String text) {
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

  private static boolean isKnown(byte[] file) throws IOException {
    try (FileDictionaries dictionaries = dictionaries(file)) {
      return values(dictionaries, 0, SEVERITY) != null;
    }
  }

  private static FileDictionaries dictionaries(byte[] file) throws IOException {
    SeekableInput in = new ParquetFiles.Bytes(file);
    return new FileDictionaries(in, ParquetFooter.read(in, "logs.parquet"));
  }

  private static void compare(
      ParquetFiles.Recorded file, Column column, long firstRow, long endRow, Set<Object> values)
      throws IOException {
    SeekableInput in = new LocalStorage().open(file.path().toString());
    try (ParquetTableReader reader =
        ParquetTableReader.open(
            in, file.footer(), file.type(), List.of(column), firstRow, endRow)) {
      for (OtapTable rows = reader.next(8192); rows != null; rows = reader.next(8192)) {
        Vector vector = rows.vector(column);
        for (int row = 0; row < rows.rows(); row++) {
          if (vector != null && !vector.isNull(row)) {
            assertThat(values)
                .as("%s %s row %d", file.path(), column, firstRow + row)
                .contains(value(vector, row, column));
          }
        }
      }
    }
  }

  private static Object value(Vector vector, int row, Column column) {
    if (vector instanceof BinaryVector binary) {
      return HexFormat.of().formatHex(binary.bytes(row));
    }
    if (vector instanceof LongVector longs) {
      return longs.get(row);
    }
    if (vector instanceof ByteVector bytes) {
      return bytes.get(row) & 0xffL;
    }
    int bits = ((IntVector) vector).get(row);
    return column.type() == ColumnType.INT32 ? (long) bits : Integer.toUnsignedLong(bits);
  }
}

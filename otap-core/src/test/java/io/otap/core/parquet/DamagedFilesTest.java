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
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are cut off at each border of their structures, and files with flipped bits. */
@Timeout(120)
class DamagedFilesTest {

  private static final int FLIPS = 1_000;

  private static byte[] recorded(String set, PayloadType type) throws IOException {
    return Files.readAllBytes(ParquetFiles.of(set, type).path());
  }

  /** Where something begins or ends: pages, their headers, chunks, indexes, footer. */
  private static TreeSet<Integer> borders(byte[] file) throws IOException {
    TreeSet<Integer> borders = new TreeSet<>(List.of(0, 4));
    for (var group : FooterEdit.read(file).getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        pages(file, chunk.getMeta_data(), borders);
        for (long at :
            new long[] {chunk.getOffset_index_offset(), chunk.getColumn_index_offset()}) {
          borders.add((int) at);
        }
        borders.add((int) chunk.getOffset_index_offset() + chunk.getOffset_index_length());
        borders.add((int) chunk.getColumn_index_offset() + chunk.getColumn_index_length());
      }
    }
    borders.addAll(List.of(FooterEdit.start(file), file.length - 8, file.length - 4, file.length));
    return borders;
  }

  private static void pages(byte[] file, ColumnMetaData chunk, TreeSet<Integer> borders)
      throws IOException {
    int at = (int) FooterCheck.start(chunk);
    int end = at + (int) chunk.getTotal_compressed_size();
    while (at < end) {
      borders.add(at);
      ByteArrayInputStream in = new ByteArrayInputStream(file, at, end - at);
      PageHeader header = Util.readPageHeader(in);
      at = end - in.available();
      borders.add(at);
      at += header.getCompressed_page_size();
      borders.add(at);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGS", "LOG_ATTRS", "RESOURCE_ATTRS"})
  void cutOffAtEveryBorder(PayloadType type) throws IOException {
    byte[] file = recorded("logs-small", type);
    List<Integer> borders = new ArrayList<>(borders(file));
    assertThat(borders).hasSizeGreaterThan(30);
    for (int border : borders) {
      for (int length : new int[] {border - 1, border, border + 1}) {
        if (length >= 0 && length < file.length) {
          assertThatThrownBy(() -> rows(Arrays.copyOf(file, length), type))
              .as("%d of %d bytes", length, file.length)
              .isInstanceOfSatisfying(
                  OtapException.class,
                  e -> {
                    assertThat(e.kind()).isEqualTo(OtapErrorKind.CORRUPT);
                    assertThat(e.place().file()).isEqualTo("memory");
                  });
        }
      }
    }
    assertThat(rows(file, type)).isNotEmpty();
  }

  /** With checksums, a bit in the pages or their headers is found, or does not matter. */
  @Test
  void flippedBitsOfPagesWithChecksumsNeverChangeRows() throws IOException {
    byte[] file = written(recorded("logs-small", PayloadType.LOG_ATTRS));
    List<List<Object>> sound = rows(file, PayloadType.LOG_ATTRS);
    int pages = borders(file).floor(indexStart(file));
    int refused = 0;
    for (int seed = 1; seed <= FLIPS; seed++) {
      byte[] flipped = flip(file, 4, pages, new Random(seed));
      try {
        assertThat(rows(flipped, PayloadType.LOG_ATTRS)).as("seed %d", seed).isEqualTo(sound);
      } catch (OtapException e) {
        assertThat(e.kind()).isIn(OtapErrorKind.CORRUPT, OtapErrorKind.SCHEMA);
        assertThat(e.place().file()).as("seed %d: %s", seed, e).isEqualTo("memory");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(FLIPS * 9 / 10);
  }

  /** Without checksums, as the engine writes: rows of the same number, or the documented error. */
  @ParameterizedTest
  @EnumSource(names = {"LOGS", "LOG_ATTRS"})
  void flippedBitsOfTheEnginesFilesGiveRowsOrAnError(PayloadType type) throws IOException {
    byte[] file = recorded("logs-small", type);
    int rows = rows(file, type).size();
    for (int seed = 1; seed <= FLIPS; seed++) {
      byte[] flipped = flip(file, 0, file.length, new Random(seed));
      try {
        assertThat(rows(flipped, type)).as("seed %d", seed).hasSize(rows);
      } catch (OtapException e) {
        assertThat(e.kind()).as("seed %d", seed).isIn(OtapErrorKind.CORRUPT, OtapErrorKind.SCHEMA);
        assertThat(e.place().file()).as("seed %d", seed).isEqualTo("memory");
      }
    }
  }

  private static byte[] flip(byte[] file, int from, int to, Random random) {
    byte[] flipped = file.clone();
    flipped[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private static int indexStart(byte[] file) throws IOException {
    return (int)
        FooterEdit.read(file).getRow_groups().stream()
            .flatMap(g -> g.getColumns().stream())
            .mapToLong(ColumnChunk::getColumn_index_offset)
            .filter(at -> at > 0)
            .min()
            .orElseThrow();
  }

  /** The rows of a file as our own writer writes them, which is with checksums. */
  private static byte[] written(byte[] file) throws IOException {
    PayloadType type = PayloadType.LOG_ATTRS;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParquetTableWriter writer =
        new ParquetTableWriter(
            out,
            type,
            WriteOptions.DEFAULT.withCompression(WriteCompression.UNCOMPRESSED),
            Map.of())) {
      for (OtapTable rows :
          ParquetFiles.read(file, type, type.columns(), 1000, 0, Long.MAX_VALUE)) {
        writer.write(rows);
      }
      writer.finish();
    }
    return out.toByteArray();
  }

  private static List<List<Object>> rows(byte[] file, PayloadType type) throws IOException {
    List<OtapTable> tables = ParquetFiles.read(file, type, type.columns(), 1000, 0, Long.MAX_VALUE);
    List<List<Object>> columns = new ArrayList<>();
    for (Column column : type.columns()) {
      columns.add(Values.of(tables, column));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < columns.get(0).size(); row++) {
      List<Object> values = new ArrayList<>();
      for (List<Object> column : columns) {
        values.add(column.get(row));
      }
      rows.add(values);
    }
    return rows;
  }
}

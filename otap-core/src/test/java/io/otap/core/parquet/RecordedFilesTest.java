/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
import io.otap.core.model.ColumnType;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every column of every recorded file. */
class RecordedFilesTest {

  private static List<OtapTable> tables(ParquetFiles.Recorded file, int step, long first, long end)
      throws IOException {
    List<OtapTable> tables = new ArrayList<>();
    try (ParquetTableReader reader = file.open(first, end)) {
      for (OtapTable table = reader.next(step); table != null; table = reader.next(step)) {
        tables.add(table);
      }
    }
    return tables;
  }

  @Test
  void readsEveryColumnOfEveryFile() throws IOException {
    for (ParquetFiles.Recorded file : ParquetFiles.all()) {
      ParquetFooter footer = file.footer();
      assertThat(footer.unknownColumns(file.type()))
          .as(file.path().toString())
          .isEqualTo(
              file.type() == PayloadType.UNIVARIATE_METRICS
                  ? List.of("dropped_attributes_count")
                  : List.of());
      List<OtapTable> tables = tables(file, 1000, 0, Long.MAX_VALUE);
      assertThat(tables.stream().mapToLong(OtapTable::rows).sum()).isEqualTo(footer.rows());
      for (Column column : file.type().columns()) {
        boolean values = Values.of(tables, column).stream().anyMatch(v -> v != null);
        if (!column.path().endsWith("_value") && !column.list()) {
          assertThat(values)
              .as("%s %s", file.path(), column)
              .isEqualTo(footer.hasValues(column.path()));
        }
      }
    }
  }

  @Test
  void idsAreWithinTheStatisticsAndTheBlocks() throws IOException {
    for (ParquetFiles.Recorded file : ParquetFiles.all()) {
      ParquetFooter footer = file.footer();
      List<OtapTable> tables = tables(file, 700, 0, Long.MAX_VALUE);
      for (String path : List.of("id", "parent_id", "resource.id", "scope.id")) {
        Column column = file.type().find(path);
        if (column == null || !footer.hasValues(path)) {
          continue;
        }
        List<Long> ids =
            Values.of(tables, column).stream()
                .map(v -> v == null ? null : ((Integer) v) & 0xffffffffL)
                .toList();
        long min = ids.stream().filter(v -> v != null).mapToLong(v -> v).min().orElseThrow();
        long max = ids.stream().filter(v -> v != null).mapToLong(v -> v).max().orElseThrow();
        assertThat(footer.range(path)).as("%s %s", file.path(), path).containsExactly(min, max);
        try (SeekableInput in = new LocalStorage().open(file.path().toString())) {
          checkBlocks(BlockRanges.read(in, footer, column), ids);
        }
      }
    }
  }

  private static void checkBlocks(BlockRanges blocks, List<Long> ids) {
    assertThat(blocks.rows()).isEqualTo(ids.size());
    assertThat(blocks.firstRow()[0]).isZero();
    for (int b = 0; b < blocks.firstRow().length; b++) {
      long end = b + 1 < blocks.firstRow().length ? blocks.firstRow()[b + 1] : blocks.rows();
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (Long id : ids.subList((int) blocks.firstRow()[b], (int) end)) {
        min = id == null ? min : Math.min(min, id);
        max = id == null ? max : Math.max(max, id);
      }
      assertThat(blocks.min()[b]).isEqualTo(min);
      assertThat(blocks.max()[b]).isEqualTo(max);
    }
  }

  @Test
  void rangesOfRowsAndStepsDoNotChangeValues() throws IOException {
    for (String set : List.of("logs-small", "metrics", "traces", "large-batch")) {
      for (ParquetFiles.Recorded file : ParquetFiles.of(set)) {
        long rows = file.footer().rows();
        List<OtapTable> all = tables(file, Integer.MAX_VALUE, 0, rows);
        long first = rows / 3;
        long end = Math.min(rows, first + Math.max(1, rows / 2));
        List<OtapTable> part = tables(file, 97, first, end);
        for (Column column : file.type().columns()) {
          assertThat(Values.of(part, column))
              .as("%s %s", file.path(), column)
              .isEqualTo(Values.of(all, column).subList((int) first, (int) end));
        }
      }
    }
  }

  @Test
  void readsTheSameAsTheDecodersOfApacheParquet() throws IOException {
    int compared = 0;
    for (ParquetFiles.Recorded file : ParquetFiles.all()) {
      ParquetFooter footer = file.footer();
      ApacheReader oracle = new ApacheReader(Files.readAllBytes(file.path()));
      List<OtapTable> tables = tables(file, 333, 0, Long.MAX_VALUE);
      for (Column column : file.type().columns()) {
        Leaf leaf = footer.leaf(column.path());
        boolean prefixed = column.type().fixedLength() > 0 && file.type() != PayloadType.SPANS;
        boolean filled =
            column.path().endsWith("_value") && file.type().folder().endsWith("exemplars");
        if (leaf == null || prefixed || filled) {
          continue;
        }
        List<Object> expected =
            oracle.values(leaf.index(), column.list() ? leaf.listDefinition() : -1);
        if (column.type().storage() == ColumnType.Storage.BYTES) {
          expected.replaceAll(v -> v == null ? null : (Object) ((Integer) v).byteValue());
        }
        assertThat(Values.of(tables, column).equals(expected))
            .as("%s %s", file.path(), column)
            .isTrue();
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(1000);
  }

  @Test
  void repairsIdentifiersWithALengthInFront() throws IOException {
    ParquetFiles.Recorded file = ParquetFiles.of("logs-small", PayloadType.LOGS);
    Set<String> distinct = new HashSet<>();
    String first = null;
    for (OtapTable table : tables(file, 100, 0, Long.MAX_VALUE)) {
      BinaryVector traces = table.binaryVector("trace_id");
      for (int row = 0; row < table.rows(); row++) {
        if (!traces.isNull(row)) {
          String id = HexFormat.of().formatHex(traces.bytes(row));
          first = first == null ? id : first;
          distinct.add(id);
        }
      }
    }
    assertThat(first).isEqualTo("70432b2825579dc51fbb61520a9d0d25");
    assertThat(distinct).hasSize(118);
  }

  @Test
  void keepsDictionaries() throws IOException {
    ParquetFiles.Recorded file = ParquetFiles.of("logs-small", PayloadType.LOG_ATTRS);
    List<OtapTable> tables = tables(file, 100, 0, Long.MAX_VALUE);
    assertThat(tables).hasSizeGreaterThan(1);
    byte[] dictionary = tables.get(0).binaryVector("key").data();
    assertThat(tables)
        .allSatisfy(
            t -> {
              assertThat(t.binaryVector("key").hasDictionary()).isTrue();
              assertThat(t.binaryVector("key").data()).isSameAs(dictionary);
            });
  }

  @Test
  void rootFilesCarryThePartition() throws IOException {
    for (ParquetFiles.Recorded file : ParquetFiles.of("unpartitioned")) {
      String partition = file.footer().arrowMetadata("_part_id");
      if (file.type().isRoot()) {
        assertThat(partition).matches("[0-9a-f]{8}-[0-9a-f-]{27}");
      } else {
        assertThat(partition).isNull();
      }
      assertThat(file.footer().createdBy()).startsWith("parquet-rs");
    }
  }

  @Test
  void describesTheSchema() throws IOException {
    ParquetFooter footer = ParquetFiles.of("logs-small", PayloadType.LOGS).footer();
    assertThat(footer.schema())
        .contains(
            "id: INT32/UINT_32 OPTIONAL",
            "trace_id: FIXED_LEN_BYTE_ARRAY(16) OPTIONAL",
            "time_unix_nano: INT64/TIMESTAMP_NANOS REQUIRED");
    assertThat(footer.uncompressedBytes()).isPositive();
    assertThat(footer.has("body.str")).isTrue();
    assertThat(footer.has("body.nothing")).isFalse();
  }
}

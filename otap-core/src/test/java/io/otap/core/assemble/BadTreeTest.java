/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.FooterEdit;
import io.otap.core.MemoryStorage;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees that no exporter leaves behind: no row gets lost, none is invented, or an error says so.
 */
class BadTreeTest {

  private static final ReadOptions OPTIONS =
      new ReadOptions(50, 16 << 20, RecoveryPolicy.LIKELY, false, 256 << 20);

  private MemoryStorage tree;
  private Map<PayloadType, Long> rows;

  @BeforeEach
  void readSoundTree() throws IOException {
    tree = MemoryStorage.of(TestData.parquet("logs-small"));
    rows = rows(read(tree));
    assertThat(rows).containsKeys(PayloadType.LOGS, PayloadType.LOG_ATTRS);
  }

  private static List<OtapBatch> read(Storage storage) throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    OtapTree listed = OtapTree.list(storage, MemoryStorage.BASE);
    for (SplitPlan plan : SplitPlanner.plan(listed, SplitPlanner.signals(listed), 4_000, OPTIONS)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          batches.add(batch);
        }
      }
    }
    return batches;
  }

  private static Map<PayloadType, Long> rows(List<OtapBatch> batches) {
    Map<PayloadType, Long> rows = new EnumMap<>(PayloadType.class);
    for (OtapBatch batch : batches) {
      for (OtapTable table : batch.tables()) {
        if (!table.type().isShared()) {
          rows.merge(table.type(), (long) table.rows(), Long::sum);
        }
      }
    }
    return rows;
  }

  private String file(PayloadType type) {
    return tree.paths().stream()
        .filter(p -> p.contains("/" + type.folder() + "/"))
        .findFirst()
        .get();
  }

  private void move(UnaryOperator<String> to) {
    for (String path : tree.paths()) {
      byte[] bytes = tree.get(path);
      tree.remove(path);
      tree.put(to.apply(path), bytes);
    }
  }

  private void refuses(OtapErrorKind kind, String file, String... parts) {
    assertThatThrownBy(() -> read(tree))
        .isInstanceOfSatisfying(
            OtapException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
              assertThat(e.place().file()).isEqualTo(file);
              assertThat(e.getMessage()).contains(parts);
            });
  }

  @Test
  void filesWithoutBytesAreNamed() {
    String file = file(PayloadType.LOG_ATTRS);
    tree.put(file, new byte[0]);
    refuses(OtapErrorKind.CORRUPT, file, "the file is empty", "table log_attrs");
  }

  @Test
  void otherFilesAreNamed() {
    String file = file(PayloadType.LOGS);
    tree.put(file, "id,time\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    refuses(OtapErrorKind.CORRUPT, file, "not a Parquet file", "table logs");
  }

  @Test
  void missingChildFoldersAreRowsThatAreNotThere() throws IOException {
    tree.remove(file(PayloadType.LOG_ATTRS));
    List<OtapBatch> batches = read(tree);
    assertThat(rows(batches)).isEqualTo(Map.of(PayloadType.LOGS, rows.get(PayloadType.LOGS)));
    assertThat(batches).allSatisfy(b -> assertThat(b.origin().orphans()).isEmpty());
  }

  @Test
  void unknownTablesAreLeftOutAndNamed() throws IOException {
    tree.put(MemoryStorage.BASE + "/profiles/part-1.parquet", new byte[] {1});
    tree.put(MemoryStorage.BASE + "/README", new byte[] {1});
    assertThat(rows(read(tree))).isEqualTo(rows);
    assertThat(OtapTree.list(tree, MemoryStorage.BASE).ignored())
        .containsExactlyInAnyOrder(
            MemoryStorage.BASE + "/profiles", MemoryStorage.BASE + "/README");
  }

  @Test
  void temporaryNamesAreLeftOutAndNamed() throws IOException {
    String unfinished = file(PayloadType.LOGS) + "#1";
    tree.put(unfinished, new byte[] {1, 2, 3});
    assertThat(rows(read(tree))).isEqualTo(rows);
    assertThat(OtapTree.list(tree, MemoryStorage.BASE).ignored()).containsExactly(unfinished);
  }

  @Test
  void levelsOfFoldersDoNotMatter() throws IOException {
    move(path -> path.replace("/_part_id=", "/day=2026-11-27/_part_id="));
    assertThat(rows(read(tree))).isEqualTo(rows);
    move(path -> path.replace("/part-", "/hour=3/part-"));
    assertThat(rows(read(tree))).isEqualTo(rows);
  }

  @Test
  void foldersThatContainThemselvesAreRefused() {
    String file = file(PayloadType.LOGS);
    byte[] bytes = tree.get(file);
    tree.put(file.replace("/part-", "/a=b".repeat(17) + "/part-"), bytes);
    refuses(OtapErrorKind.DISCOVERY, null, "nested deeper", "a link to a folder above");
  }

  @Test
  void partitionsNeedNotBeUuids() throws IOException {
    move(path -> path.replaceAll("_part_id=[^/]*", "_part_id=east 1"));
    List<OtapBatch> batches = read(tree);
    assertThat(rows(batches)).isEqualTo(rows);
    assertThat(batches).allSatisfy(b -> assertThat(b.origin().partition()).isEqualTo("east 1"));
  }

  @Test
  void emptyPathsAreRefused(@TempDir Path folder) throws IOException {
    for (String path : List.of("", " ")) {
      assertThatThrownBy(() -> OtapTree.list(tree, path))
          .isInstanceOf(OtapException.class)
          .hasMessageContaining("the path is empty");
    }
    var disk = new io.otap.core.storage.LocalStorage();
    assertThatThrownBy(() -> OtapTree.list(disk, folder.toString()))
        .hasMessageContaining(folder + " is empty");
    Files.createDirectories(folder.resolve("logs"));
    assertThatThrownBy(() -> OtapTree.list(disk, folder.toString()))
        .hasMessageContaining("no Parquet file in the tables logs");
  }

  @Test
  void unpartitionedTreesOfOneExporterAreRead() throws IOException {
    move(path -> path.replaceAll("/_part_id=[^/]*", ""));
    assertThat(rows(read(tree))).isEqualTo(rows);
  }

  @Test
  void unpartitionedTreesOfTwoExportersAreRefused() throws IOException {
    tree = MemoryStorage.of(TestData.parquet("two-partitions"));
    move(path -> path.replaceAll("/_part_id=[^/]*", ""));
    refuses(OtapErrorKind.PARTITION, MemoryStorage.BASE, "files of 2 exporters");
  }

  @Test
  void rootFilesThatAreThereTwiceAreRefused() {
    String file = file(PayloadType.LOGS);
    String copy = file.replace("/part-", "/part-0-");
    tree.put(copy, tree.get(file));
    assertThatThrownBy(() -> read(tree))
        .isInstanceOfSatisfying(
            OtapException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION);
              assertThat(e.getMessage()).contains("remove it", file, copy);
            });
  }

  @Test
  void childRowsWithEqualIdsAreRefused() throws IOException {
    tree = MemoryStorage.of(TestData.parquet("traces"));
    String file = file(PayloadType.SPAN_EVENTS);
    tree.put(file.replace("/part-", "/part-0-"), tree.get(file));
    assertThatThrownBy(() -> read(tree))
        .isInstanceOfSatisfying(
            OtapException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION);
              assertThat(e.place().table()).isEqualTo("span_events");
            })
        .hasMessageContaining("two rows have the id");
  }

  @Test
  void anIndexThatHidesIdsIsRefused() throws IOException {
    for (PayloadType type : List.of(PayloadType.LOGS, PayloadType.LOG_ATTRS)) {
      readSoundTree();
      String file = file(type);
      tree.put(file, withIndex(tree.get(file), type == PayloadType.LOGS ? "id" : "parent_id"));
      refuses(OtapErrorKind.CORRUPT, file, "the file's index", "column");
    }
  }

  @Test
  void anIndexThatContradictsTheFooterIsRefused() throws IOException {
    String file = file(PayloadType.LOG_ATTRS);
    byte[] narrow =
        FooterEdit.edit(
            tree.get(file),
            meta ->
                meta.getRow_groups()
                    .get(0)
                    .getColumns()
                    .get(0)
                    .getMeta_data()
                    .getStatistics()
                    .setMax_value(new byte[] {1, 0, 0, 0}));
    tree.put(file, narrow);
    assertThatThrownBy(() -> OtapTree.list(tree, MemoryStorage.BASE))
        .hasMessageContaining("the footer from 0 to 1");
    refuses(OtapErrorKind.CORRUPT, file, "the index of a page", "column parent_id");
  }

  @Test
  void aFooterThatHidesAllIdsIsRefused() throws IOException {
    String file = file(PayloadType.LOG_ATTRS);
    byte[] hidden =
        FooterEdit.edit(
            tree.get(file),
            meta -> {
              var parents = meta.getRow_groups().get(0).getColumns().get(0).getMeta_data();
              parents.getStatistics().setNull_count(parents.getNum_values());
            });
    tree.put(file, hidden);
    refuses(OtapErrorKind.CORRUPT, file, "tells nulls only", "column parent_id");
  }

  /** The same file, its index saying that the largest value is the smallest. */
  private static byte[] withIndex(byte[] file, String column) throws IOException {
    byte[] changed = file.clone();
    for (ColumnChunk chunk : FooterEdit.read(file).getRow_groups().get(0).getColumns()) {
      if (chunk.getMeta_data().getPath_in_schema().equals(List.of(column))) {
        int at = (int) chunk.getColumn_index_offset();
        ColumnIndex index =
            Util.readColumnIndex(
                new ByteArrayInputStream(file, at, chunk.getColumn_index_length()));
        index.setMax_values(List.copyOf(index.getMin_values()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeColumnIndex(index, out);
        assertThat(out.size()).isEqualTo(chunk.getColumn_index_length());
        System.arraycopy(out.toByteArray(), 0, changed, at, out.size());
      }
    }
    return changed;
  }

  /** The listing shows how long a file was, the footer all that was written until then. */
  @Test
  void filesThatAreCompletedBetweenListingAndFooterAreRead() throws IOException {
    Storage listsBeforeTheyAreWritten =
        new Storage() {
          @Override
          public List<Entry> list(String folder) throws IOException {
            return tree.list(folder).stream()
                .map(e -> new Entry(e.path(), e.name(), e.folder(), 0, e.modified()))
                .toList();
          }

          @Override
          public SeekableInput open(String file) throws IOException {
            return tree.open(file);
          }
        };
    assertThat(rows(read(listsBeforeTheyAreWritten))).isEqualTo(rows);
  }

  @Test
  void filesThatWereReplacedAfterTheListingAreNamed() throws IOException {
    OtapTree listed = OtapTree.list(tree, MemoryStorage.BASE);
    SplitPlan plan =
        SplitPlanner.plan(listed, SplitPlanner.signals(listed), Long.MAX_VALUE / 2, OPTIONS).get(0);
    String file = file(PayloadType.LOG_ATTRS);
    tree.put(file, tree.get(file(PayloadType.RESOURCE_ATTRS)));
    assertMissing(plan, file, "was replaced");
    tree.remove(file);
    assertMissing(plan, file, "listed but is gone");
  }

  private void assertMissing(SplitPlan plan, String file, String message) {
    assertThatThrownBy(() -> SplitBatchReader.open(tree, plan, 0).next())
        .isInstanceOfSatisfying(
            OtapException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(OtapErrorKind.MISSING_FILE);
              assertThat(e.place().file()).isEqualTo(file);
            })
        .hasMessageContaining(message);
  }

  @Test
  void failuresOfTheStorageKeepTheirKindAndNameTheFile() throws IOException {
    OtapTree listed = OtapTree.list(tree, MemoryStorage.BASE);
    SplitPlan plan =
        SplitPlanner.plan(listed, SplitPlanner.signals(listed), Long.MAX_VALUE / 2, OPTIONS).get(0);
    for (String file : tree.paths()) {
      assertThatThrownBy(() -> SplitBatchReader.open(new Failing(tree, file), plan, 0).next())
          .isInstanceOfSatisfying(
              OtapException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(OtapErrorKind.IO);
                assertThat(e.place().file()).isEqualTo(file);
              })
          .hasMessageContaining("connection reset");
      assertThatThrownBy(() -> OtapTree.list(new Failing(tree, file), MemoryStorage.BASE))
          .hasMessageContaining(file);
    }
  }

  /** Fails in every read of a file. */
  private record Failing(Storage storage, String failing) implements Storage {

    @Override
    public List<Entry> list(String folder) throws IOException {
      return storage.list(folder);
    }

    @Override
    public SeekableInput open(String file) throws IOException {
      SeekableInput in = storage.open(file);
      if (!file.equals(failing)) {
        return in;
      }
      return new SeekableInput() {
        @Override
        public long length() {
          return in.length();
        }

        @Override
        public void readFully(long position, byte[] buffer, int offset, int length)
            throws IOException {
          throw new IOException("connection reset");
        }

        @Override
        public void close() throws IOException {
          in.close();
        }
      };
    }
  }
}

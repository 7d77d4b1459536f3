/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.WatchedStorage;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.parquet.RowGroupBytes;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.select.AnyOf;
import io.otap.core.select.NumberRange;
import io.otap.core.select.ReadSelection;
import io.otap.core.select.ResourceAttribute;
import io.otap.core.select.TimeRange;
import io.otap.core.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not selected is not read: files are not opened, pages not touched. */
class SelectedPagesTest {

  private static final long WHOLE_FILES = Long.MAX_VALUE / 2;

  /** Logs with their attributes, but without resources: to find these, ids are read everywhere. */
  private static final ReadSelection RECORDS =
      ReadSelection.ALL.withTables(Set.of(PayloadType.LOG_ATTRS));

  @TempDir static Path tree;

  private WatchedStorage storage;

  @BeforeAll
  static void write() throws IOException {
    HourlyLogs.write(tree);
  }

  @BeforeEach
  void watch() {
    storage = new WatchedStorage(new LocalStorage());
  }

  @Test
  void withoutChildrenOnlyRootFilesAreOpened() throws IOException {
    List<OtapBatch> batches =
        read(ReadSelection.ALL.withTables(Set.of()).withFields(Set.of("severity_number")));
    assertThat(rows(batches)).isEqualTo(HourlyLogs.HOURS * HourlyLogs.RECORDS);
    assertThat(opened()).containsExactly("logs");
    assertThat(batches.get(0).root().intVector("severity_number")).isNotNull();
    assertThat(batches.get(0).root().vector(PayloadType.LOGS.id())).isNull();
  }

  @Test
  void countingReadsNoPage() throws IOException {
    List<OtapBatch> batches = read(ReadSelection.ALL.withTables(Set.of()).withFields(Set.of()));
    assertThat(rows(batches)).isEqualTo(HourlyLogs.HOURS * HourlyLogs.RECORDS);
    assertThat(opened()).containsExactly("logs");
    assertThat(groups(PayloadType.LOGS)).isEmpty();
  }

  @Test
  void resourcesAreReadWithoutTheAttributesOfRecords() throws IOException {
    List<OtapBatch> batches =
        read(
            ReadSelection.ALL
                .withTables(Set.of(PayloadType.RESOURCE_ATTRS))
                .withFields(Set.of("severity_number")));
    assertThat(batches).allMatch(b -> b.table(PayloadType.RESOURCE_ATTRS).rows() > 0);
    assertThat(batches).allMatch(b -> b.table(PayloadType.LOG_ATTRS).rows() == 0);
    assertThat(groups(PayloadType.LOG_ATTRS)).isEmpty();
  }

  @Test
  void anHourReadsItsOwnRowGroups() throws IOException {
    int hour = 9;
    long from = HourlyLogs.START + hour * HourlyLogs.HOUR;
    List<OtapBatch> batches =
        read(RECORDS.where(TimeRange.ofEvents(Signal.LOGS, from, from + HourlyLogs.HOUR - 1)));
    assertThat(rows(batches)).isEqualTo(HourlyLogs.RECORDS);
    assertThat(attributes(batches)).isEqualTo(2 * HourlyLogs.RECORDS);
    assertThat(groups(PayloadType.LOGS)).containsExactly(hour);
    assertThat(groups(PayloadType.LOG_ATTRS)).containsExactly(2 * hour, 2 * hour + 1);
  }

  @Test
  void anHourOfManySplitsIsReadByTheSplitsThatHaveIt() throws IOException {
    long from = HourlyLogs.START + 13 * HourlyLogs.HOUR;
    ReadSelection hour =
        RECORDS.where(TimeRange.ofEvents(Signal.LOGS, from, from + HourlyLogs.HOUR - 1));
    List<OtapBatch> batches = read(hour, 200_000);
    assertThat(rows(batches)).isEqualTo(HourlyLogs.RECORDS);
    assertThat(attributes(batches)).isEqualTo(2 * HourlyLogs.RECORDS);
    assertThat(groups(PayloadType.LOGS)).containsExactly(13);
  }

  @Test
  void otherColumnsChooseRowGroupsToo() throws IOException {
    assertThat(rows(read(RECORDS.where(new NumberRange("severity_number", 5, 6)))))
        .isEqualTo(2 * HourlyLogs.RECORDS);
    assertThat(groups(PayloadType.LOGS)).containsExactly(4, 5);
    watch();
    OtapBatch some = read(RECORDS).get(5);
    byte[] trace = some.root().binaryVector("trace_id").bytes(17);
    watch();
    List<OtapBatch> found = read(RECORDS.where(new AnyOf("trace_id", Set.of(hex(trace)))));
    assertThat(rows(found)).isEqualTo(1);
    assertThat(attributes(found)).isEqualTo(2);
    assertThat(groups(PayloadType.LOGS)).containsExactly(trace[3] - 1);
  }

  @Test
  void conditionsThatNothingMeetsReadNoPage() throws IOException {
    assertThat(read(RECORDS.where(new AnyOf("event_name", Set.of("none"))))).isEmpty();
    assertThat(read(RECORDS.where(new NumberRange("severity_number", 30, 40)))).isEmpty();
    assertThat(groups(PayloadType.LOGS)).isEmpty();
    assertThat(groups(PayloadType.LOG_ATTRS)).isEmpty();
  }

  @Test
  void dictionariesChooseRowGroups() throws IOException {
    List<OtapBatch> batches = read(RECORDS.where(new AnyOf("severity_text", Set.of("INFO"))));
    assertThat(rows(batches)).isEqualTo(1);
    assertThat(attributes(batches)).isEqualTo(2);
    int hour = HourlyLogs.INFO_HOUR;
    assertThat(groups(PayloadType.LOG_ATTRS)).isSubsetOf(2 * hour, 2 * hour + 1).isNotEmpty();
  }

  @Test
  void aValueBetweenOthersThatIsNotThereCostsTheDictionaries() throws IOException {
    assertThat(read(RECORDS.where(new AnyOf("severity_text", Set.of("FATAL"))))).isEmpty();
    assertThat(groups(PayloadType.LOG_ATTRS)).isEmpty();
    assertThat(bytes(PayloadType.LOGS)).isLessThan(HourlyLogs.HOURS * 256);
  }

  @Test
  void aResourceThatIsNotThereIsNotLookedFor() throws IOException {
    ResourceAttribute between = new ResourceAttribute("service.name", Set.of("service-00"));
    assertThat(read(RECORDS.where(between))).isEmpty();
    assertThat(read(RECORDS.where(new ResourceAttribute("service.version", Set.of("1")))))
        .isEmpty();
    assertThat(groups(PayloadType.LOGS)).isEmpty();
    assertThat(groups(PayloadType.LOG_ATTRS)).isEmpty();
  }

  @Test
  void resourcesChooseRows() throws IOException {
    List<OtapBatch> batches =
        read(
            ReadSelection.ALL
                .withTables(Set.of(PayloadType.LOG_ATTRS))
                .where(
                    new ResourceAttribute("service.name", Set.of(HourlyLogs.service(1))),
                    new NumberRange("severity_number", 1, 3)));
    assertThat(rows(batches)).isEqualTo(HourlyLogs.RECORDS);
    assertThat(attributes(batches)).isEqualTo(2 * HourlyLogs.RECORDS);
    assertThat(batches).allMatch(b -> b.table(PayloadType.RESOURCE_ATTRS).rows() == 0);
  }

  @Test
  void aLimitEndsWithTheBatchThatCompletesIt() throws IOException {
    List<OtapBatch> batches = read(RECORDS.withLimit(10));
    assertThat(rows(batches)).isEqualTo(10);
    assertThat(groups(PayloadType.LOGS)).containsExactly(0);
    watch();
    assertThat(rows(read(RECORDS.where(new NumberRange("severity_number", 20, 24)).withLimit(10))))
        .isEqualTo(10);
    watch();
    assertThat(read(RECORDS.withLimit(0))).isEmpty();
  }

  @Test
  void conditionsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> read(ReadSelection.ALL.where(new NumberRange("kind", 1, 2))))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("kind in [1, 2]")
        .hasMessageContaining("logs");
    assertThatThrownBy(() -> read(ReadSelection.ALL.where(new NumberRange("event_name", 1, 2))))
        .hasMessageContaining("another kind");
  }

  private List<OtapBatch> read(ReadSelection selection) throws IOException {
    return read(selection, WHOLE_FILES);
  }

  private List<OtapBatch> read(ReadSelection selection, long splitSize) throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    OtapTree listed =
        OtapTree.list(
            storage,
            tree.toString(),
            file -> selection.needs(file.table(), Set.of(Signal.LOGS)),
            problem -> {
              throw problem;
            });
    ReadOptions options = ReadOptions.DEFAULT.with(selection);
    for (SplitPlan plan : SplitPlanner.plan(listed, Set.of(Signal.LOGS), splitSize, options)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          batches.add(batch);
        }
      }
    }
    return batches;
  }

  private static long rows(List<OtapBatch> batches) {
    return batches.stream().mapToLong(OtapBatch::rows).sum();
  }

  private static long attributes(List<OtapBatch> batches) {
    return batches.stream().mapToLong(b -> b.table(PayloadType.LOG_ATTRS).rows()).sum();
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private Set<String> opened() {
    Set<String> tables = new TreeSet<>();
    storage.reads().keySet().forEach(path -> tables.add(table(Path.of(path))));
    return tables;
  }

  private static String table(Path path) {
    return tree.relativize(path).getName(0).toString();
  }

  /** Bytes of row groups of a table that were read, but with the footer. */
  private long bytes(PayloadType table) throws IOException {
    long bytes = 0;
    for (Map.Entry<String, List<WatchedStorage.Read>> file : storage.reads().entrySet()) {
      Path path = Path.of(file.getKey());
      long length = Files.size(path);
      if (table(path).equals(table.folder())) {
        bytes +=
            file.getValue().stream()
                .filter(read -> read.to() < length)
                .mapToLong(read -> read.to() - read.from())
                .sum();
      }
    }
    return bytes;
  }

  /** The row groups of a table of which something was read, but with the footer. */
  private Set<Integer> groups(PayloadType table) throws IOException {
    Map<Path, List<WatchedStorage.Read>> files = new HashMap<>();
    storage.reads().forEach((path, reads) -> files.put(Path.of(path), reads));
    Set<Integer> groups = new TreeSet<>();
    for (Map.Entry<Path, List<WatchedStorage.Read>> file : files.entrySet()) {
      if (table(file.getKey()).equals(table.folder())) {
        List<RowGroupBytes> all = RowGroupBytes.of(file.getKey());
        long length = Files.size(file.getKey());
        for (int group = 0; group < all.size(); group++) {
          RowGroupBytes bytes = all.get(group);
          if (file.getValue().stream()
              .anyMatch(r -> r.to() < length && bytes.meets(r.from(), r.to()))) {
            groups.add(group);
          }
        }
      }
    }
    return groups;
  }
}

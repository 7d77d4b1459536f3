/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.assemble.LateRowReader;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.IntVector;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.parquet.ParquetTableReader;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files appear in any order, children behind their roots, with restarts in between: each row is in
 * a batch or late, and once.
 */
class LateRowsTest {

  private static final Storage STORAGE = new LocalStorage();
  private static final long SEEDS = Long.getLong("otap.seeds", 4);
  private static final long NEVER = Long.MAX_VALUE;

  private static final FollowRules AT_ONCE =
      new FollowRules(1, Duration.ZERO, Duration.ZERO, Duration.ofDays(7), null);

  private static final RootChoice ALL =
      new RootChoice(Set.of(), IdRange.ALL, List.of(), List.of(), true);

  /** A row of a child table; two with all alike are the same. */
  private record Row(PayloadType table, String file, long row, long parentId) {}

  /** What the files say of a row: where it lies, and whose child it is. */
  private record Known(String file, long row, Long id, Long parentId) {}

  private final Map<String, Long> discovered = new HashMap<>();
  private final Map<String, Long> released = new HashMap<>();
  private final Map<PayloadType, Long> batched = new EnumMap<>(PayloadType.class);
  private final List<Row> late = new ArrayList<>();
  private final Set<String> splits = new HashSet<>();
  private long lateFiles;

  @TempDir Path tree;

  static Stream<Arguments> schedules() {
    return Stream.of(
            "traces",
            "mixed",
            "metrics-varying-schema",
            "traces-varying-schema",
            "logs-file-per-batch",
            "logs-killed",
            "two-partitions",
            "large-batch",
            "unpartitioned")
        .flatMap(
            set ->
                Stream.iterate(1L, seed -> seed + 1).limit(SEEDS).map(s -> Arguments.of(set, s)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("schedules")
  void eachRowIsInABatchOrLate(String set, long seed) throws IOException {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    List<Path> files = shuffled(TestData.parquet(set), random);
    SeenFiles seen = new SeenFiles();
    FollowedTree followed = follow(seen.copy());
    List<DataFile> all = List.of();
    for (long step = 1; !files.isEmpty(); step++) {
      for (int n = random.nextInt(4); n > 0 && !files.isEmpty(); n--) {
        Path file = files.remove(files.size() - 1);
        publish(TestData.parquet(set), file);
      }
      if (random.nextInt(3) == 0) {
        followed = follow(seen.copy());
      }
      followed.discover(step);
      if (Files.exists(tree.resolve("logs")) || Files.list(tree).findAny().isPresent()) {
        all = OtapTree.list(STORAGE, tree.toString()).files();
      }
      for (DataFile file : all) {
        discovered.putIfAbsent(file.path(), step);
      }
      for (SplitPlan plan : followed.release(1 + random.nextInt(20), step)) {
        released.put(plan.root().path(), step);
        assertThat(splits.add(plan.id())).as(plan.id()).isTrue();
        readBatches(plan);
      }
      for (SplitPlan plan : followed.takeLate()) {
        assertThat(splits.add(plan.id())).as(plan.id()).isTrue();
        readLate(plan, random);
      }
      followed.takeChanges().forEach(change -> change.applyTo(seen));
    }
    check(all);
    System.out.println(
        set + ": " + lateFiles + " files and " + late.size() + " rows late, " + batched);
  }

  private void check(List<DataFile> files) throws IOException {
    Map<PayloadType, Map<String, Map<Long, Known>>> byId = new EnumMap<>(PayloadType.class);
    Map<PayloadType, List<DataFile>> tables = new EnumMap<>(PayloadType.class);
    for (DataFile file : files) {
      tables.computeIfAbsent(file.table(), t -> new ArrayList<>()).add(file);
      for (Known row : rows(file)) {
        if (row.id != null) {
          byId.computeIfAbsent(file.table(), t -> new HashMap<>())
              .computeIfAbsent(file.partition(), p -> new HashMap<>())
              .put(row.id, row);
        }
      }
    }
    Set<Row> expected = new HashSet<>();
    Map<PayloadType, Long> onTime = new EnumMap<>(PayloadType.class);
    for (DataFile file : files) {
      if (file.table().isRoot() || file.table().isShared()) {
        continue;
      }
      for (Known row : rows(file)) {
        long complete = discovered.get(file.path());
        Known above = row;
        PayloadType table = file.table();
        while (above != null && !table.isRoot()) {
          table = table.parent();
          above =
              byId.getOrDefault(table, Map.of())
                  .getOrDefault(file.partition(), Map.of())
                  .get(above.parentId);
          complete = above == null ? NEVER : Math.max(complete, discovered.get(above.file));
        }
        if (above == null || !released.containsKey(above.file)) {
          continue;
        }
        if (complete > released.get(above.file)) {
          expected.add(new Row(file.table(), file.path(), row.row, row.parentId));
        } else {
          onTime.merge(file.table(), 1L, Long::sum);
        }
      }
    }
    assertThat(late).doesNotHaveDuplicates();
    assertThat(late.stream().filter(row -> !row.table.isShared()))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(batched).isEqualTo(onTime);
  }

  private void readBatches(SplitPlan plan) throws IOException {
    try (SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0)) {
      for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (OtapTable table : batch.tables()) {
          if (!table.type().isRoot() && !table.type().isShared() && table.rows() > 0) {
            batched.merge(table.type(), (long) table.rows(), Long::sum);
          }
        }
      }
    }
  }

  /** With a restart after each slice, at times. */
  private void readLate(SplitPlan plan, Random random) throws IOException {
    assertThat(plan.isLate()).isTrue();
    assertThat(plan.earliest()).isEqualTo(Long.MIN_VALUE);
    LateRowReader reader = LateRowReader.open(STORAGE, plan, 0, new SplitMemory());
    for (LateSlice slice = reader.next(); slice != null; slice = reader.next()) {
      assertThat(slice.head().split()).isEqualTo(plan.id());
      for (int i = 0; i < slice.rows().length; i++) {
        late.add(new Row(slice.table(), slice.file(), slice.rows()[i], slice.parentIds()[i]));
      }
      if (random.nextBoolean()) {
        long position = reader.position();
        reader.close();
        reader = LateRowReader.open(STORAGE, plan, position, new SplitMemory());
      }
    }
    reader.close();
  }

  private static List<Known> rows(DataFile file) throws IOException {
    List<Known> rows = new ArrayList<>();
    PayloadType type = file.table();
    var in = STORAGE.open(file.path());
    ParquetFooter footer = ParquetFooter.read(in, file.path());
    try (ParquetTableReader reader =
        ParquetTableReader.open(in, footer, type, type.columns(), 0, file.rows())) {
      for (OtapTable step = reader.next(1000); step != null; step = reader.next(1000)) {
        IntVector ids = type.id() == null ? null : (IntVector) step.vector(type.id());
        IntVector parents =
            type.parentId() == null ? null : (IntVector) step.vector(type.parentId());
        for (int i = 0; i < step.rows(); i++) {
          rows.add(new Known(file.path(), rows.size(), value(ids, i), value(parents, i)));
        }
      }
    }
    return rows;
  }

  private static Long value(IntVector ids, int row) {
    return ids == null || ids.isNull(row) ? null : (Long) Integer.toUnsignedLong(ids.get(row));
  }

  private static List<Path> shuffled(Path from, Random random) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      List<Path> files = new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList());
      Collections.shuffle(files, random);
      return files;
    }
  }

  private void publish(Path from, Path file) throws IOException {
    Path to = tree.resolve(from.relativize(file).toString());
    Files.createDirectories(to.getParent());
    Files.copy(file, to);
  }

  private FollowedTree follow(SeenFiles seen) {
    return new FollowedTree(
        STORAGE,
        tree.toString(),
        ALL,
        AT_ONCE,
        4_000,
        ReadOptions.DEFAULT,
        new FollowedTree.Problems() {

          @Override
          public void unreadable(OtapException problem) throws OtapException {
            throw problem;
          }

          @Override
          public boolean late(OtapException problem) {
            lateFiles++;
            return true;
          }
        },
        seen,
        false);
  }
}

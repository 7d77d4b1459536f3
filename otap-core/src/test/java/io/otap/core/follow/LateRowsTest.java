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
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.error.OtapException;
import io.otap.core.follow.ChildRows.ChildRow;
import io.otap.core.model.PayloadType;
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
  private static final long SEEDS = Long.getLong("otap.seeds", 2);

  private static final FollowRules AT_ONCE =
      new FollowRules(1, Duration.ZERO, Duration.ZERO, Duration.ofDays(7), null);

  private static final RootChoice ALL =
      new RootChoice(Set.of(), IdRange.ALL, List.of(), List.of(), true);

  private final Map<String, Long> discovered = new HashMap<>();
  private final Map<String, Long> released = new HashMap<>();
  private final Map<PayloadType, Long> batched = new EnumMap<>(PayloadType.class);
  private final List<ChildRow> late = new ArrayList<>();
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
    for (long step = 1; !files.isEmpty(); step++) {
      for (int n = random.nextInt(4); n > 0 && !files.isEmpty(); n--) {
        Path file = files.remove(files.size() - 1);
        publish(TestData.parquet(set), file);
      }
      if (random.nextInt(3) == 0) {
        followed = follow(seen.copy());
      }
      followed.discover(step);
      for (Path file : files(tree)) {
        discovered.putIfAbsent(file.toString(), step);
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
    check();
    System.out.println(
        set + ": " + lateFiles + " files and " + late.size() + " rows late, " + batched);
  }

  private void check() throws IOException {
    Set<ChildRow> expected = new HashSet<>();
    Map<PayloadType, Long> onTime = new EnumMap<>(PayloadType.class);
    ChildRows.of(tree)
        .forEach(
            (row, files) -> {
              Long read = released.get(files.get(files.size() - 1));
              if (read == null) {
                return;
              }
              if (files.stream().anyMatch(file -> discovered.get(file) > read)) {
                expected.add(row);
              } else {
                onTime.merge(row.table(), 1L, Long::sum);
              }
            });
    List<DataFile> files = OtapTree.list(STORAGE, tree.toString()).files();
    for (DataFile file : files) {
      if (file.table().isShared()) {
        for (ChildRow row : ChildRows.shared(file)) {
          if (isLateByRange(file, row.parentId(), files)) {
            expected.add(row);
          }
        }
      }
    }
    assertThat(late).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(batched).isEqualTo(onTime);
  }

  /** Among the ids of a root file that was released before, and of none that waited. */
  private boolean isLateByRange(DataFile file, long id, List<DataFile> files) {
    long step = discovered.get(file.path());
    List<DataFile> roots =
        files.stream()
            .filter(root -> root.table().isRoot() && root.partition().equals(file.partition()))
            .filter(root -> root.ids() != null && root.ids().meets(id, id))
            .filter(root -> discovered.get(root.path()) <= step)
            .toList();
    return !roots.isEmpty()
        && roots.stream()
            .allMatch(root -> released.getOrDefault(root.path(), Long.MAX_VALUE) < step);
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
        late.add(new ChildRow(slice.table(), slice.file(), slice.rows()[i], slice.parentIds()[i]));
      }
      if (random.nextBoolean()) {
        long position = reader.position();
        reader.close();
        reader = LateRowReader.open(STORAGE, plan, position, new SplitMemory());
      }
    }
    reader.close();
  }

  private static List<Path> shuffled(Path from, Random random) throws IOException {
    List<Path> files = new ArrayList<>(files(from));
    Collections.shuffle(files, random);
    return files;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
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

          @Override
          public void withoutChildren(OtapException problem) throws OtapException {
            throw problem;
          }
        },
        seen,
        false);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.otap.core.TestData;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.assemble.SplitMemory;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.select.ReadSelection;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is selected, what is read is what remains when everything is read and the rest left out
 * afterwards.
 */
class SelectionWorldsTest {

  private static final Storage STORAGE = new LocalStorage();

  /** Selections of each tree and signal. */
  private static final int SELECTIONS = 6;

  private static long someKept;
  private static long someLeftOut;

  @TempDir Path tree;

  static Stream<Long> worlds() {
    return Worlds.seeds();
  }

  static List<String> sets() {
    return TestData.sets();
  }

  /** Else nothing was shown. */
  @AfterAll
  static void selectionsLeaveSomeOutAndKeepSome() {
    assertThat(someKept).isGreaterThan(100);
    assertThat(someLeftOut).isGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void treesOfTheExporter(long seed) throws IOException {
    Random random = new Random(seed);
    DecentSender sender = new DecentSender();
    int rowsPerFile = random.nextBoolean() ? 1_000_000 : 1 + random.nextInt(40);
    EngineExporter exporter = new EngineExporter(tree, random, rowsPerFile, random.nextBoolean());
    for (MessageLite request : Worlds.requests(random)) {
      exporter.export(sender.decent(request));
    }
    exporter.finish();
    compare(tree, seed, random);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void treesOfOurOwn(long seed) throws IOException {
    Random random = new Random(seed);
    ExportOptions options =
        new ExportOptions(
            random.nextBoolean() ? 1_000_000 : 1 + random.nextInt(60), Worlds.writeOptions(random));
    try (OtapParquetWriter writer = new OtapParquetWriter(new LocalTarget(tree), options)) {
      for (MessageLite request : Worlds.requests(random)) {
        for (OtapBatch batch : Worlds.decode(request)) {
          writer.write(batch);
        }
      }
      writer.roll();
    }
    compare(tree, seed, random);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void recordedTrees(String set) throws IOException {
    compare(TestData.parquet(set), set.hashCode(), new Random(set.hashCode()));
  }

  private static void compare(Path tree, long seed, Random random) throws IOException {
    if (!tree.toFile().isDirectory() || tree.toFile().list().length == 0) {
      return;
    }
    OtapTree listed = OtapTree.list(STORAGE, tree.toString());
    for (Signal signal : SplitPlanner.signals(listed)) {
      ReadOptions options =
          new ReadOptions(
              1 + random.nextInt(random.nextBoolean() ? 5 : 500),
              16 << 20,
              random.nextBoolean() ? RecoveryPolicy.STRICT : RecoveryPolicy.LIKELY,
              false,
              256 << 20);
      List<OtapBatch> all = replay(listed, signal, options, random);
      long rows = all.stream().mapToLong(OtapBatch::rows).sum();
      for (int i = 0; i < SELECTIONS; i++) {
        ReadSelection selection = RandomSelections.of(signal, all, random);
        List<OtapBatch> selected =
            replay(
                OtapTree.list(
                    STORAGE,
                    tree.toString(),
                    file ->
                        selection.needs(file.table(), Set.of(signal))
                            && selection.takes(file.partition()),
                    problem -> {
                      throw problem;
                    }),
                signal,
                options.with(selection),
                random);
        long kept = selected.stream().mapToLong(OtapBatch::rows).sum();
        someKept += kept > 0 ? 1 : 0;
        someLeftOut += kept < rows ? 1 : 0;
        assertEqual(seed, selection, all, selected);
      }
    }
  }

  private static void assertEqual(
      long seed, ReadSelection selection, List<OtapBatch> all, List<OtapBatch> selected)
      throws IOException {
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.EXACT);
    for (OtapBatch batch : all) {
      expected.add(RandomSelections.apply(selection, batch));
    }
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.EXACT);
    for (OtapBatch batch : selected) {
      actual.add(batch);
    }
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual())
        .as("seed %d, %s: %s", seed, selection, comparison.difference())
        .isTrue();
  }

  /** With splits of any size, and readers that are closed and opened again. */
  private static List<OtapBatch> replay(
      OtapTree tree, Signal signal, ReadOptions options, Random random) throws IOException {
    long splitSize = random.nextBoolean() ? Long.MAX_VALUE / 2 : 200 + random.nextInt(20_000);
    boolean reopens = random.nextInt(3) == 0;
    List<OtapBatch> batches = new ArrayList<>();
    SplitMemory memory = new SplitMemory();
    for (SplitPlan plan : SplitPlanner.plan(tree, Set.of(signal), splitSize, options)) {
      SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0, memory);
      for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
        batches.add(batch);
        if (reopens) {
          long position = reader.position();
          reader.close();
          reader = SplitBatchReader.open(STORAGE, plan, position, memory);
        }
      }
      reader.close();
    }
    return batches;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real engine wrote comes back as what it was sent, record for record. */
class GoldenSetTest {

  private static final long WHOLE_FILES = Long.MAX_VALUE / 2;
  private static final Storage STORAGE = new LocalStorage();

  static List<String> sets() {
    return TestData.sets();
  }

  static Stream<Arguments> shapes() {
    return TestData.sets().stream()
        .flatMap(
            set ->
                Stream.of(1, 7, 1000, OtapBatch.MAX_ROWS)
                    .flatMap(
                        size ->
                            Stream.of(2_000L, WHOLE_FILES)
                                .map(split -> Arguments.of(set, size, split))));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void equalsWhatWasSent(String set) throws IOException {
    assertEqual(set, replay(set, WHOLE_FILES, ReadOptions.DEFAULT, false));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void batchAndSplitSizesDoNotMatter(String set, int batchSize, long splitSize) throws IOException {
    assertEqual(set, replay(set, splitSize, batches(batchSize), false));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void everyPositionCanBeRestored(String set) throws IOException {
    assertEqual(set, replay(set, 20_000, batches(64), true));
  }

  @Test
  void orphansAreCountedOnceForAnySplits() throws IOException {
    for (long splitSize : new long[] {500, 2_000, WHOLE_FILES}) {
      Map<PayloadType, Long> orphans = new EnumMap<>(PayloadType.class);
      for (OtapBatch batch : replay("logs-killed", splitSize, batches(10), false)) {
        batch.origin().orphans().forEach((type, rows) -> orphans.merge(type, rows, Long::sum));
      }
      assertThat(orphans).isEqualTo(Map.of(PayloadType.LOG_ATTRS, 263L));
    }
  }

  @Test
  void theFirstOrphanIsNamedIfRelationsAreValidated() {
    ReadOptions validating =
        new ReadOptions(8192, 16 << 20, RecoveryPolicy.LIKELY, true, 256 << 20);
    assertThatThrownBy(() -> replay("logs-killed", WHOLE_FILES, validating, false))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("parent_id")
        .hasMessageContaining("log_attrs")
        .hasMessageContaining(".parquet");
  }

  @Test
  void withoutSharedTablesEveryAttributeComesBack(@TempDir Path tree) throws IOException {
    copy(TestData.parquet("logs-small").resolve("logs"), tree.resolve("logs"));
    copy(TestData.parquet("logs-small").resolve("log_attrs"), tree.resolve("log_attrs"));
    List<OtapBatch> batches =
        replay(tree.toString(), EnumSet.of(Signal.LOGS), WHOLE_FILES, ReadOptions.DEFAULT, false);
    assertEqual("logs-small", batches, "resource.attributes", "scope.attributes");
  }

  private static ReadOptions batches(int size) {
    return new ReadOptions(size, 16 << 20, RecoveryPolicy.LIKELY, false, 256 << 20);
  }

  private static List<OtapBatch> replay(
      String set, long splitSize, ReadOptions options, boolean reopen) throws IOException {
    Set<Signal> signals = EnumSet.noneOf(Signal.class);
    for (Signal signal : Signal.values()) {
      if (!OtlpFiles.files(TestData.expected(set), signal).isEmpty()) {
        signals.add(signal);
      }
    }
    return replay(TestData.parquet(set).toString(), signals, splitSize, options, reopen);
  }

  private static List<OtapBatch> replay(
      String base, Set<Signal> signals, long splitSize, ReadOptions options, boolean reopen)
      throws IOException {
    List<OtapBatch> batches = new ArrayList<>();
    for (SplitPlan plan :
        SplitPlanner.plan(OtapTree.list(STORAGE, base), signals, splitSize, options)) {
      SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0);
      for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
        batches.add(batch);
        if (reopen) {
          long position = reader.position();
          reader.close();
          reader = SplitBatchReader.open(STORAGE, plan, position);
        }
      }
      reader.close();
    }
    return batches;
  }

  private static void assertEqual(String set, List<OtapBatch> batches, String... ignored)
      throws IOException {
    String[] ignore =
        set.equals("logs-ambiguous")
            ? new String[] {"resource.attributes", "scope.attributes"}
            : ignored;
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.PARQUET, ignore);
    expected.addFolder(TestData.expected(set));
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET, ignore);
    for (OtapBatch batch : batches) {
      actual.add(batch);
    }
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}

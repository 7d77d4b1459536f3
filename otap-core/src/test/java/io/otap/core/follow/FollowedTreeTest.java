/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestData;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.Recovery;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trees that grow come back as if they had been read when they were complete. */
class FollowedTreeTest {

  private static final Storage STORAGE = new LocalStorage();
  private static final long WHOLE_FILES = Long.MAX_VALUE / 2;
  private static final long SEEDS = Long.getLong("otap.seeds", 2);

  private static final RootChoice ALL =
      new RootChoice(Set.of(), IdRange.ALL, List.of(), List.of(), true);

  private final List<OtapException> late = new ArrayList<>();

  @TempDir Path tree;

  static Stream<Arguments> schedules() {
    return TestData.sets().stream()
        .flatMap(set -> Stream.iterate(1L, s -> s + 1).limit(SEEDS).map(s -> Arguments.of(set, s)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("schedules")
  void nothingIsLostOrReadTwice(String set, long seed) throws IOException {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    Publication publication =
        new Publication(TestData.parquet(set), tree, random, random.nextBoolean());
    SeenFiles seen = new SeenFiles();
    FollowedTree followed = follow(seen.copy(), FollowRules.DEFAULT);
    List<SplitPlan> plans = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    long now = 0;
    for (int idle = 0; idle < 3; idle += publication.isComplete() ? 1 : 0) {
      for (int n = random.nextInt(4); n > 0; n--) {
        publication.next();
      }
      if (random.nextInt(5) == 0) {
        followed = follow(seen.copy(), FollowRules.DEFAULT);
      }
      now += publication.isComplete() ? 100_000 : 10;
      followed.discover(now);
      plans.addAll(followed.release(1 + random.nextInt(3), now));
      for (int n = 0; publication.isComplete() && followed.counts().waitingRoots() > 0; n++) {
        assertThat(n).as("%s waiting", followed.counts()).isLessThan(100);
        now += 100_000;
        followed.discover(now);
        plans.addAll(followed.release(100, now));
      }
      followed.takeChanges().forEach(change -> change.applyTo(seen));
    }
    assertThat(plans).allMatch(plan -> ids.add(plan.id()));
    assertThat(late).isEmpty();
    assertEqualButForUndecided(set, plans);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("schedules")
  void listingsThatLeaveFilesOutOrFailLoseNothing(String set, long seed) throws IOException {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    int listings = 2 + random.nextInt(2);
    FollowRules rules =
        new FollowRules(
            listings, Duration.ofMillis(1_000), Duration.ZERO, Duration.ofDays(7), null);
    Publication publication = new Publication(TestData.parquet(set), tree, random, false);
    FollowedTree followed =
        follow(new UnreliableStorage(random, listings - 1), new SeenFiles(), rules);
    List<SplitPlan> plans = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int failed = 0;
    int rest = 40;
    for (long now = 0; rest > 0; now++) {
      publication.next();
      rest -= publication.isComplete() && !isWaiting(followed) ? 1 : 0;
      long time = publication.isComplete() ? 10_000 + now : now;
      try {
        followed.discover(time);
      } catch (IOException e) {
        failed++;
        continue;
      }
      plans.addAll(followed.release(100, time));
      assertThat(now).as("%s", followed.counts()).isLessThan(5_000);
    }
    assertThat(failed).isPositive();
    assertThat(plans).allMatch(plan -> ids.add(plan.id()));
    assertEqualButForUndecided(set, plans);
  }

  private static boolean isWaiting(FollowedTree followed) {
    return followed.counts().waitingRoots() > 0;
  }

  @Test
  void aFileThatIsWrittenInPlaceIsReadWhenItRestsEvenIfItsClockRunsAhead() throws IOException {
    copy("logs-small", file -> true);
    Path log;
    try (Stream<Path> files = Files.walk(tree.resolve("logs"))) {
      log = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(log);
    long now = System.currentTimeMillis();
    FollowRules rules =
        new FollowRules(1, Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofDays(7), null);
    FollowedTree followed = follow(STORAGE, new SeenFiles(), rules);
    for (int part = 1; part <= 10; part++) {
      Files.write(log, Arrays.copyOf(whole, whole.length * part / 10));
      Files.setLastModifiedTime(log, FileTime.fromMillis(now + 3_600_000));
      now += 4_000;
      followed.discover(now);
      assertThat(followed.release(10, now)).isEmpty();
    }
    followed.discover(now + 5_000);
    List<SplitPlan> plans = followed.release(10, now + 5_000);
    assertEqualButForUndecided("logs-small", plans);
  }

  @Test
  void spansWaitForTheirAttributesOrForTheTimeOut() throws IOException {
    copy("traces", file -> !file.toString().contains("/span_attrs/"));
    FollowedTree followed = follow(new SeenFiles(), FollowRules.DEFAULT);
    followed.discover(0);
    assertThat(followed.release(100, 59_999)).isEmpty();
    assertThat(followed.release(100, 60_000)).isNotEmpty();
    assertThat(followed.counts().unprovenRoots()).isPositive();
    copy("traces", file -> true);
    followed.discover(70_000);
    assertThat(followed.release(100, 70_000)).isEmpty();
    assertThat(followed.counts().lateChildFiles()).isEqualTo(late.size()).isPositive();
    assertThat(late.get(0))
        .hasMessageContaining("span_attrs")
        .hasMessageContaining("source.late-children-timeout");
  }

  @Test
  void aTreeMayBeEmptyAtFirstButMustBeATree() throws IOException {
    FollowedTree followed = follow(new SeenFiles(), FollowRules.DEFAULT);
    followed.discover(0);
    assertThat(followed.release(10, 0)).isEmpty();
    FollowedTree table =
        new FollowedTree(
            STORAGE,
            Files.createDirectories(tree.resolve("logs")).toString(),
            ALL,
            FollowRules.DEFAULT,
            WHOLE_FILES,
            ReadOptions.DEFAULT,
            problems(),
            new SeenFiles(),
            false);
    assertThatThrownBy(() -> table.discover(0)).hasMessageContaining("give the folder above it");
  }

  @Test
  void unpartitionedTreesAreFollowedOnlyIfOneExporterIsAssumed() throws IOException {
    copy("unpartitioned", file -> true);
    FollowedTree refused =
        new FollowedTree(
            STORAGE,
            tree.toString(),
            RootChoice.ALL,
            FollowRules.DEFAULT,
            WHOLE_FILES,
            ReadOptions.DEFAULT,
            problems(),
            new SeenFiles(),
            false);
    assertThatThrownBy(() -> refused.discover(0))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("assume-single-exporter");
    FollowedTree assumed = follow(new SeenFiles(), FollowRules.DEFAULT);
    assumed.discover(0);
    assertEqualButForUndecided("unpartitioned", assumed.release(100, 100_000));
  }

  @Test
  void whatIsDeletedIsForgottenInTheEnd() throws IOException {
    copy("logs-file-per-batch", file -> true);
    SeenFiles seen = new SeenFiles();
    FollowedTree followed = follow(seen, FollowRules.DEFAULT);
    followed.discover(0);
    followed.release(1_000, 0);
    followed.discover(1);
    int before = seen.size();
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    followed.discover(2);
    assertThat(seen.size()).isEqualTo(before);
    followed.discover(2 + FollowRules.DEFAULT.forgetAfter().toMillis());
    assertThat(seen.size()).isLessThan(before / 3);
    assertThat(followed.counts().forgottenFiles()).isEqualTo(before - seen.size());
  }

  @Test
  void whatNothingNeedsIsRemovedFromTheFront() throws IOException {
    copy("logs-file-per-batch", file -> true);
    FollowRules rules =
        new FollowRules(1, Duration.ZERO, Duration.ZERO, Duration.ofDays(7), Duration.ofMillis(10));
    SeenFiles seen = new SeenFiles();
    FollowedTree followed = follow(seen, rules);
    followed.discover(0);
    List<SplitPlan> plans = followed.release(1_000, 0);
    List<String> removed = new ArrayList<>();
    FollowedTree.Remover remover =
        path -> {
          Files.delete(Path.of(path));
          removed.add(path);
        };
    followed.remove(path -> false, seen.removed(), remover, 9);
    assertThat(removed).isEmpty();
    String first = plans.get(0).root().path();
    followed.remove(first::equals, seen.removed(), remover, 10);
    assertThat(removed).doesNotContain(first);
    SeenFiles stored = seen.copy();
    FollowedTree restarted = follow(stored, rules);
    restarted.discover(20);
    restarted.remove(path -> false, stored.removed(), remover, 40);
    assertThat(removed).contains(first).doesNotHaveDuplicates();
    assertThat(restarted.counts().removedFiles()).isPositive();
    assertThat(removed).doesNotContain(plans.get(plans.size() - 1).root().path());
  }

  @Test
  void whatOthersDeleteIsNotRemovedAgain() throws IOException {
    copy("logs-file-per-batch", file -> true);
    FollowRules rules =
        new FollowRules(
            1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(10));
    SeenFiles seen = new SeenFiles();
    FollowedTree followed = follow(seen, rules);
    followed.discover(0);
    followed.release(1_000, 0);
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    followed.discover(50);
    followed.discover(200);
    List<String> removed = new ArrayList<>();
    followed.remove(path -> false, seen.removed(), removed::add, 300);
    assertThat(removed).isEmpty();
    assertThat(followed.counts().seenFiles()).isZero();
    assertThat(followed.counts().partitions()).isZero();
  }

  private void copy(String set, Predicate<Path> chosen) throws IOException {
    Path from = TestData.parquet(set);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(chosen).toList()) {
        Path to = tree.resolve(from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void assertEqualButForUndecided(String set, List<SplitPlan> plans) throws IOException {
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
    long undecided = 0;
    for (SplitPlan plan : plans) {
      try (SplitBatchReader reader = SplitBatchReader.open(STORAGE, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          actual.add(batch);
          undecided += undecided(batch);
        }
      }
    }
    OtlpRecords expected =
        new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(set));
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqualButForContext(undecided))
        .as(() -> set + ": " + comparison.difference())
        .isTrue();
    System.out.println(
        set + ": " + undecided + " undecided, " + comparison.extra().size() + " of them empty");
  }

  private static long undecided(OtapBatch batch) {
    long count = 0;
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.resourceRecovery(row) == Recovery.N || batch.scopeRecovery(row) == Recovery.N) {
        count++;
      }
    }
    return count;
  }

  private FollowedTree follow(SeenFiles seen, FollowRules rules) {
    return follow(STORAGE, seen, rules);
  }

  private FollowedTree follow(Storage storage, SeenFiles seen, FollowRules rules) {
    return new FollowedTree(
        storage,
        tree.toString(),
        ALL,
        rules,
        WHOLE_FILES,
        ReadOptions.DEFAULT,
        problems(),
        seen,
        false);
  }

  private FollowedTree.Problems problems() {
    return new FollowedTree.Problems() {

      @Override
      public void unreadable(OtapException problem) throws OtapException {
        throw problem;
      }

      @Override
      public boolean late(OtapException problem) {
        late.add(problem);
        return false;
      }

      @Override
      public void withoutChildren(OtapException problem) throws OtapException {
        throw problem;
      }
    };
  }
}

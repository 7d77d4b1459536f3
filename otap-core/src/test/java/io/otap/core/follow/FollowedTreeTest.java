/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.follow;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
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
    return new FollowedTree(
        STORAGE,
        tree.toString(),
        ALL,
        rules,
        WHOLE_FILES,
        ReadOptions.DEFAULT,
        new FollowedTree.Problems() {

          @Override
          public void unreadable(OtapException problem) throws OtapException {
            throw problem;
          }

          @Override
          public void late(OtapException problem) {
            late.add(problem);
          }
        },
        seen,
        false);
  }
}

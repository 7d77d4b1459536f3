/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.MemoryStorage;
import io.otap.core.TestData;
import io.otap.core.TestPlans;
import io.otap.core.error.OtapException;
import io.otap.core.recovery.RecoveredRoots;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.select.ReadSelection;
import io.otap.core.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedRecoveryTest {

  private static final int READERS = 8;

  private final SharedRecovery shared = new SharedRecovery();
  private MemoryStorage tree;
  private List<SplitPlan> plans;

  @BeforeEach
  void plan() throws IOException {
    tree = MemoryStorage.of(TestData.parquet("logs-small"));
    plans = plans(ReadSelection.ALL);
  }

  private List<SplitPlan> plans(ReadSelection selection) throws IOException {
    OtapTree listed = OtapTree.list(tree, MemoryStorage.BASE);
    ReadOptions options = ReadOptions.DEFAULT.with(selection);
    return SplitPlanner.plan(listed, SplitPlanner.signals(listed), 2_000, options);
  }

  private static RecoveredRoots recovered(SharedRecovery shared, Storage storage, SplitPlan plan)
      throws IOException {
    SplitMemory memory = new SplitMemory(shared);
    return memory.recovered(memory.files(storage), plan);
  }

  @Test
  void readersThatAskAtOnceGetWhatOneDecides() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    CyclicBarrier together = new CyclicBarrier(READERS);
    try {
      List<Callable<RecoveredRoots>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        SplitPlan plan = plans.get(i % plans.size());
        readers.add(
            () -> {
              together.await();
              return recovered(shared, tree, plan);
            });
      }
      List<RecoveredRoots> found = new ArrayList<>();
      for (Future<RecoveredRoots> answer : threads.invokeAll(readers)) {
        found.add(answer.get());
      }
      assertThat(found).allSatisfy(one -> assertThat(one).isSameAs(found.get(0)));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anotherQuestionHasAnotherAnswer() throws IOException {
    SplitPlan plan = plans.get(0);
    RecoveredRoots first = recovered(shared, tree, plan);
    SplitPlan again = plans(ReadSelection.ALL).get(0);
    assertThat(recovered(shared, tree, again)).isSameAs(first);
    SplitPlan withoutAttributes = plans(ReadSelection.ALL.withTables(List.of())).get(0);
    assertThat(recovered(shared, tree, withoutAttributes)).isNotSameAs(first);
    assertThat(recovered(shared, tree, TestPlans.ofGrowingTree(plan))).isNotSameAs(first);
  }

  @Test
  void whatOneCannotReadTheNextTriesItself() throws IOException {
    SplitPlan plan = plans.get(0);
    MemoryStorage empty = new MemoryStorage();
    for (int reader = 0; reader < 2; reader++) {
      assertThatThrownBy(() -> recovered(shared, empty, plan))
          .isInstanceOf(OtapException.class)
          .hasRootCauseInstanceOf(FileNotFoundException.class);
    }
    assertThat(recovered(shared, tree, plan).runs()).isPositive();
  }

  @Test
  void nothingIsKeptThatNoReaderKeeps() throws IOException {
    WeakReference<RecoveredRoots> kept = new WeakReference<>(recovered(shared, tree, plans.get(0)));
    while (kept.get() != null) {
      System.gc();
    }
    assertThat(recovered(shared, tree, plans.get(0)).runs()).isPositive();
  }

  @Test
  void readersOfOneSourceShareAndOthersDoNot() {
    UUID source = UUID.randomUUID();
    SharedRecovery of = SharedRecovery.ofSource(source);
    assertThat(SharedRecovery.ofSource(source)).isSameAs(of);
    assertThat(SharedRecovery.ofSource(UUID.randomUUID())).isNotSameAs(of);
  }
}

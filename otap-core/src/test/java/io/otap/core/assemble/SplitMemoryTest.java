/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.otap.core.MemoryStorage;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpRequests;
import io.otap.core.parquet.FooterCache;
import io.otap.core.scan.InputFiles;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reader keeps between splits changes what it reads, not what comes out. */
class SplitMemoryTest {

  private MemoryStorage tree;
  private List<SplitPlan> plans;

  @BeforeEach
  void plan() throws IOException {
    tree = MemoryStorage.of(TestData.parquet("logs-small"));
    OtapTree listed = OtapTree.list(tree, MemoryStorage.BASE);
    plans = SplitPlanner.plan(listed, SplitPlanner.signals(listed), 2_000, ReadOptions.DEFAULT);
    assertThat(plans).hasSizeGreaterThan(3);
  }

  private List<ExportLogsServiceRequest> read(SplitPlan plan, SplitMemory memory)
      throws IOException {
    List<ExportLogsServiceRequest> requests = new ArrayList<>();
    try (SplitBatchReader reader = SplitBatchReader.open(tree, plan, 0, memory)) {
      for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
        requests.add(OtlpRequests.logs(batch));
      }
    }
    return requests;
  }

  @Test
  void theEndOfEachFileIsReadOnceForAllSplits() throws IOException {
    tree.endsRead().clear();
    SplitMemory memory = new SplitMemory();
    for (SplitPlan plan : plans) {
      read(plan, memory);
    }
    assertThat(tree.endsRead()).containsOnlyKeys(tree.paths());
    assertThat(tree.endsRead().values()).containsOnly(1);
  }

  @Test
  void recoveryIsDecidedOnceForARootFile() throws IOException {
    SplitMemory memory = new SplitMemory();
    InputFiles files = new InputFiles(tree, new FooterCache());
    assertThat(memory.recovered(files, plans.get(1)))
        .isSameAs(memory.recovered(files, plans.get(0)))
        .isNotNull();
  }

  @Test
  void theRecordsAreThoseOfSplitsReadAlone() throws IOException {
    SplitMemory memory = new SplitMemory();
    for (SplitPlan plan : plans) {
      assertThat(read(plan, memory)).isEqualTo(read(plan, new SplitMemory()));
    }
  }
}

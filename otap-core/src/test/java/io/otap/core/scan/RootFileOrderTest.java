/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files of logs without attributes have no ids, but a place among the others. */
class RootFileOrderTest {

  private static final IdRange LOCAL = new IdRange(0, 2);

  @Test
  void aFileWithoutIdsGoesByItsTime() {
    DataFile first = logs(1, new IdRange(0, 3));
    DataFile second = logs(2, null);
    DataFile third = logs(3, new IdRange(10, 20));
    DataFile last = logs(4, null);
    assertThat(FileOrder.of(List.of(last, third, second, first)))
        .containsExactly(first, second, third, last);
  }

  @Test
  void idsCountMoreThanTimes() {
    DataFile early = logs(9, new IdRange(0, 3));
    DataFile late = logs(1, new IdRange(4, 8));
    assertThat(FileOrder.of(List.of(late, early))).containsExactly(early, late);
  }

  @Test
  void everyIdHasOneOwner() {
    List<SplitPlan> plans =
        plan(
            logs(1, null),
            logs(2, new IdRange(5, 9)),
            logs(3, null),
            logs(4, new IdRange(20, 30)),
            logs(5, null));
    assertThat(plans.stream().map(SplitPlan::owned).filter(o -> o.min() <= o.max()))
        .containsExactly(new IdRange(0, 19), new IdRange(20, Long.MAX_VALUE));
    assertThat(plan(logs(1, null), logs(2, null)).stream().map(SplitPlan::owned))
        .containsExactly(new IdRange(0, Long.MAX_VALUE), new IdRange(0, -1));
  }

  /** The batch of rows without ids at the beginning of a file can lie far before its first id. */
  @Test
  void evidenceReachesBackToTheFileBefore() {
    DataFile resources = shared(1, new IdRange(0, 100));
    List<SplitPlan> plans =
        plan(
            logs(1, new IdRange(0, 3)),
            logs(2, new IdRange(500, 600)),
            resources,
            shared(2, new IdRange(101, 600)));
    assertThat(plans).hasSize(2).allMatch(plan -> plan.inputs().contains(resources));
  }

  private static List<SplitPlan> plan(DataFile... files) {
    return SplitPlanner.plan(
            new OtapTree("base", List.of(files), List.of(), Map.of()),
            EnumSet.of(Signal.LOGS),
            1 << 20,
            ReadOptions.DEFAULT)
        .stream()
        .sorted(Comparator.comparing(plan -> plan.root().name()))
        .toList();
  }

  private static DataFile logs(int time, IdRange ids) {
    return file(PayloadType.LOGS, time, ids, null, LOCAL);
  }

  private static DataFile shared(int time, IdRange parentIds) {
    return file(PayloadType.RESOURCE_ATTRS, time, null, parentIds, null);
  }

  private static DataFile file(
      PayloadType type, int time, IdRange ids, IdRange parentIds, IdRange nested) {
    String path = "base/" + type.folder() + "/part-" + time + ".parquet";
    return new DataFile(type, "", path, 1000, 10, ids, parentIds, nested, nested, null);
  }
}

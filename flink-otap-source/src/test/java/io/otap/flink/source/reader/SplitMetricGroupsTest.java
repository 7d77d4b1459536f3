/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceSplitMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.util.clock.SystemClock;
import org.junit.jupiter.api.Test;

class SplitMetricGroupsTest {

  private final OperatorMetricGroup operator =
      UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup();

  @Test
  void leavesABareGroupOfAFinishedSplit() {
    InternalSourceSplitMetricGroup flinks = flinkMakesGroups("a");
    var group = (AbstractMetricGroup<?>) operator.addGroup("split", "a");
    assertThat(group.getAllVariables()).containsValue("a");
    flinks.onSplitFinished();

    new SplitMetricGroups(operator).strip("a");

    assertThat(group.isClosed()).isTrue();
    assertThat(operator.addGroup("split", "a")).isNotSameAs(group);
  }

  @Test
  void leavesTheGroupsOfOtherSplits() {
    flinkMakesGroups("a").onSplitFinished();
    flinkMakesGroups("b");
    var other = (AbstractMetricGroup<?>) operator.addGroup("split", "b");

    new SplitMetricGroups(operator).strip("a");

    assertThat(other.isClosed()).isFalse();
    assertThat(operator.addGroup("split", "b")).isSameAs(other);
  }

  @Test
  void aSplitThatComesBackHasOpenGroups() {
    flinkMakesGroups("a").onSplitFinished();
    new SplitMetricGroups(operator).strip("a");

    assertThat(((AbstractMetricGroup<?>) operator.addGroup("split", "a")).isClosed()).isFalse();
  }

  private InternalSourceSplitMetricGroup flinkMakesGroups(String splitId) {
    return InternalSourceSplitMetricGroup.wrap(
        operator, SystemClock.getInstance(), splitId, () -> 0L);
  }
}

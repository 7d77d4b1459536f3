/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * The metric groups that Flink makes for each split. It closes the inner one of a split that is
 * finished and leaves both where they are, with the names and values of all variables: 1.6 KB a
 * split for as long as the task runs. Nothing takes a group out of its parent, but a closed group
 * makes room for the next of its name: so a bare one is left there, which nothing is registered in.
 */
@Internal
final class SplitMetricGroups {

  /** The name that Flink gives the group of all splits. */
  private static final String SPLIT = "split";

  private final MetricGroup operator;

  SplitMetricGroups(MetricGroup operator) {
    this.operator = operator;
  }

  /** To be called after Flink was told that the split is finished. */
  void strip(String splitId) {
    if (operator.addGroup(SPLIT, splitId) instanceof AbstractMetricGroup<?> group) {
      group.close();
      operator.addGroup(SPLIT, splitId);
    }
  }
}

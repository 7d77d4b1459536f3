/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import org.apache.flink.annotation.PublicEvolving;

/** Where the folders of partition columns stand. */
@PublicEvolving
public enum PartitionPlacement {

  /**
   * In front of the tables, {@code date=2026-11-27/logs/_part_id=…/part-….parquet}: the folder of
   * each value is a tree of its own, as an exporter writes them, and can be read or removed as one.
   */
  IN_FRONT,

  /**
   * Behind the tables, {@code logs/date=2026-11-27/_part_id=…/part-….parquet}: the target is one
   * tree, and query engines find the column in the path of a table.
   */
  BEHIND
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import org.apache.flink.annotation.PublicEvolving;

/** Where the tables are joined to batches. The batches are the same. */
@PublicEvolving
public enum Assembly {
  /**
   * By an operator behind the source. One large file spreads over all its subtasks, and what waits
   * lies in the state backend.
   */
  KEYED,
  /** Inside the source: the least traffic. */
  READER
}

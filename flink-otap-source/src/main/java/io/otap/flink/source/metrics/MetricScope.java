/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.metrics;

import org.apache.flink.annotation.Internal;

/** Where metrics are found. */
@Internal
public enum MetricScope {
  READER("each reader of the source"),
  JOIN(
      "where tables are joined: each reader of `OtapSource.forBatches`, else each subtask of the"
          + " operator `Assemble batches`"),
  ASSEMBLER("each subtask of the operator `Assemble batches`"),
  RECORDS("each subtask of the operator `Split into records`"),
  ENUMERATOR("the enumerator of the source, in the job manager"),
  FOLLOWER("the enumerator of a source that follows trees, in the job manager");

  private final String place;

  MetricScope(String place) {
    this.place = place;
  }

  public String place() {
    return place;
  }
}

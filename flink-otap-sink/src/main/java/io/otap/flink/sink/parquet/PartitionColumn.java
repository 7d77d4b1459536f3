/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.batch.OtapBatch;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A column that telemetry is partitioned by: a folder {@code <name>=<value>} for each value, as
 * Hive has them. Few values at a time, for each has files of its own open.
 */
@PublicEvolving
public interface PartitionColumn extends Serializable {

  /** The name: letters, digits and {@code _}, the first no {@code _}. */
  String name();

  /**
   * The value of each record of a batch; null for none, which becomes {@code
   * __HIVE_DEFAULT_PARTITION__}.
   *
   * @return one value for each root row, in their order
   */
  String[] values(OtapBatch batch) throws IOException;

  /**
   * {@code date}: the day of the event time in UTC, like {@code 2026-11-27}. A log happened at its
   * own time, else when it was observed; a span at its start; a metric at the smallest time of its
   * points, which stay together.
   */
  static PartitionColumn eventDate() {
    return new EventTimeColumn("date", EventTimeColumn.Part.DATE);
  }

  /** {@code hour}: the hour of the event time in UTC, {@code 00} to {@code 23}. */
  static PartitionColumn eventHour() {
    return new EventTimeColumn("hour", EventTimeColumn.Part.HOUR);
  }
}

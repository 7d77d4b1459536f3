/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import com.google.protobuf.MessageLite;
import io.otap.core.otlp.RandomRequests;
import io.otap.flink.table.model.SignalTable;

/** Random requests of a table's signal. */
public final class TestRequests {

  private TestRequests() {}

  public static MessageLite of(SignalTable table, long seed) {
    RandomRequests random = new RandomRequests(seed);
    return switch (table) {
      case LOGS -> random.logs();
      case SPANS -> random.traces();
      case METRICS -> random.metrics();
    };
  }
}

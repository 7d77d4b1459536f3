/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import io.otap.flink.table.model.SignalTable;
import org.apache.flink.annotation.PublicEvolving;

/** {@code OTAP_METRICS(path)}: the metrics of a tree. */
@PublicEvolving
public final class OtapMetricsFunction extends TelemetryFunction {

  private static final long serialVersionUID = 1L;

  public OtapMetricsFunction() {
    super(SignalTable.METRICS);
  }
}

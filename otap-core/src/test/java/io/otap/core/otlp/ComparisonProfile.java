/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import java.util.Locale;

/** What is significant when telemetry is compared. */
public enum ComparisonProfile {
  /** Everything but order and grouping. */
  EXACT,
  /**
   * Without what OTAP has no form for: entity references are left out, an empty log body is none,
   * and trace and span ids of zeros are none.
   */
  WIRE,
  /**
   * Without what the engine's Parquet exporter has no column for (entity references, flags of spans
   * and links, {@code is_monotonic}, {@code zero_threshold}); an empty log body is none, and
   * exemplar ids of zeros are none.
   */
  PARQUET;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import io.otap.core.annotation.PublicEvolving;
import java.util.Locale;

/** A kind of telemetry. */
@PublicEvolving
public enum Signal {
  LOGS,
  TRACES,
  METRICS;

  /** The name in options and file names: {@code logs}, {@code traces}, {@code metrics}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The table whose rows are the records of this signal. */
  public PayloadType root() {
    return switch (this) {
      case LOGS -> PayloadType.LOGS;
      case TRACES -> PayloadType.SPANS;
      case METRICS -> PayloadType.UNIVARIATE_METRICS;
    };
  }

  /**
   * The signal of a root table.
   *
   * @throws IllegalArgumentException if the table is no root
   */
  public static Signal ofRoot(PayloadType table) {
    for (Signal signal : values()) {
      if (signal.root() == table) {
        return signal;
      }
    }
    throw new IllegalArgumentException(table + " is not the root of a signal");
  }
}

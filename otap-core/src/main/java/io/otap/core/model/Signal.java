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
}

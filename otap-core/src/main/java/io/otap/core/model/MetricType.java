/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import io.otap.core.annotation.PublicEvolving;

/** Codes of {@code metric_type} (OTAP-FORMAT 2.5; not the field numbers of OTLP). */
@PublicEvolving
public enum MetricType {
  EMPTY(null),
  GAUGE(PayloadType.NUMBER_DATA_POINTS),
  SUM(PayloadType.NUMBER_DATA_POINTS),
  HISTOGRAM(PayloadType.HISTOGRAM_DATA_POINTS),
  EXP_HISTOGRAM(PayloadType.EXP_HISTOGRAM_DATA_POINTS),
  SUMMARY(PayloadType.SUMMARY_DATA_POINTS);

  private static final MetricType[] BY_CODE = values();

  private final PayloadType points;

  MetricType(PayloadType points) {
    this.points = points;
  }

  /** The type of this code, or null if there is none. */
  public static MetricType ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  public int code() {
    return ordinal();
  }

  /** The table of this type's data points; null for {@link #EMPTY}. */
  public PayloadType points() {
    return points;
  }
}

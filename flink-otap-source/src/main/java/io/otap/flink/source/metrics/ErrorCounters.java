/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.metrics;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts errors by kind. For several threads. */
@Internal
public final class ErrorCounters {

  private final Map<OtapErrorKind, Counter> counters = new EnumMap<>(OtapErrorKind.class);

  /**
   * @param metric labelled with {@link MetricLabel#ERROR_KIND}
   */
  public ErrorCounters(SourceMetric metric, MetricGroup group) {
    Map<String, Counter> byKind = metric.counters(group);
    for (OtapErrorKind kind : OtapErrorKind.values()) {
      counters.put(kind, byKind.get(kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Counts an error that has a kind, or one of the storage. Others are defects, no input's. */
  public void count(Throwable error) {
    if (error instanceof OtapException known) {
      counters.get(known.kind()).inc();
    } else if (error instanceof FileNotFoundException) {
      counters.get(OtapErrorKind.MISSING_FILE).inc();
    } else if (error instanceof IOException) {
      counters.get(OtapErrorKind.IO).inc();
    }
  }
}

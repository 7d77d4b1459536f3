/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.job;

import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Says of which service and window a count is. */
final class CountedWindow implements WindowFunction<Long, ServiceCount, String, TimeWindow> {

  private static final long serialVersionUID = 1L;

  @Override
  public void apply(
      String service, TimeWindow window, Iterable<Long> counts, Collector<ServiceCount> out) {
    counts.forEach(count -> out.collect(new ServiceCount(service, window.getStart(), count)));
  }
}

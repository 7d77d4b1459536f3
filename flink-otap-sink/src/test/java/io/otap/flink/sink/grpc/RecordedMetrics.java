/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Metrics that can be looked at. */
public final class RecordedMetrics extends UnregisteredMetricsGroup
    implements SinkWriterMetricGroup {

  private final Map<String, Counter> counters = new HashMap<>();
  private final Map<String, Gauge<?>> gauges = new HashMap<>();

  public long count(String name) {
    return counter(name).getCount();
  }

  public Object gauge(String name) {
    return gauges.get(name).getValue();
  }

  @Override
  public Counter counter(String name) {
    return counters.computeIfAbsent(name, n -> new SimpleCounter());
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(name, gauge);
    return gauge;
  }

  @Override
  public OperatorIOMetricGroup getIOMetricGroup() {
    return UnregisteredMetricsGroup.createOperatorMetricGroup().getIOMetricGroup();
  }

  @Override
  public Counter getNumRecordsOutErrorsCounter() {
    return counter("numRecordsOutErrors");
  }

  @Override
  public Counter getNumRecordsSendErrorsCounter() {
    return counter("numRecordsSendErrors");
  }

  @Override
  public Counter getNumRecordsSendCounter() {
    return counter("numRecordsSend");
  }

  @Override
  public Counter getNumBytesSendCounter() {
    return counter("numBytesSend");
  }

  @Override
  public void setCurrentSendTimeGauge(Gauge<Long> gauge) {
    gauges.put("currentSendTime", gauge);
  }
}

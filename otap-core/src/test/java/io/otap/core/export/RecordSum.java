/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Comparator;
import java.util.List;

/**
 * A sum over logs or points of gauges with their resources, the same in whatever order they and
 * their attributes come, and however they are spread over requests.
 */
final class RecordSum {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long records;
  private long sum;

  void add(MessageLite request) {
    if (request instanceof ExportLogsServiceRequest logs) {
      for (ResourceLogs resource : logs.getResourceLogsList()) {
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          for (LogRecord log : scope.getLogRecordsList()) {
            List<KeyValue> attributes = sorted(log.getAttributesList());
            add(
                resource.getResource(),
                log.toBuilder().clearAttributes().addAllAttributes(attributes).build());
          }
        }
      }
      return;
    }
    for (ResourceMetrics resource :
        ((ExportMetricsServiceRequest) request).getResourceMetricsList()) {
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        for (Metric metric : scope.getMetricsList()) {
          for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
            List<KeyValue> attributes = sorted(point.getAttributesList());
            add(
                resource.getResource(),
                point.toBuilder().clearAttributes().addAllAttributes(attributes).build());
          }
        }
      }
    }
  }

  private static List<KeyValue> sorted(List<KeyValue> attributes) {
    return attributes.stream().sorted(Comparator.comparing(KeyValue::getKey)).toList();
  }

  private void add(Resource resource, MessageLite record) {
    records++;
    sum += hash(hash(FNV_OFFSET, resource.toByteArray()), record.toByteArray());
  }

  private static long hash(long seed, byte[] bytes) {
    long hash = seed;
    for (byte b : bytes) {
      hash = (hash ^ b) * FNV_PRIME;
    }
    return hash;
  }

  @Override
  public String toString() {
    return records + " records with the sum " + Long.toHexString(sum);
  }
}

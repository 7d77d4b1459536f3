/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/** Requests on which the two reference decoders differ if they are not written with care. */
final class WireCases {

  private WireCases() {}

  static AnyValue value(Object value) {
    AnyValue.Builder out = AnyValue.newBuilder();
    if (value instanceof Double number) {
      out.setDoubleValue(number);
    } else if (value instanceof Long number) {
      out.setIntValue(number);
    } else if (value instanceof Boolean bool) {
      out.setBoolValue(bool);
    } else if (value instanceof byte[] bytes) {
      out.setBytesValue(ByteString.copyFrom(bytes));
    } else if (value instanceof String text) {
      out.setStringValue(text);
    }
    return out.build();
  }

  private static KeyValue attribute(String key, Object value) {
    return KeyValue.newBuilder().setKey(key).setValue(value(value)).build();
  }

  /** A log with attributes, given as keys and values by turns. */
  static LogRecord log(long time, Object... attributes) {
    LogRecord.Builder log = LogRecord.newBuilder().setTimeUnixNano(time);
    for (int i = 0; i < attributes.length; i += 2) {
      log.addAttributes(attribute((String) attributes[i], attributes[i + 1]));
    }
    return log.build();
  }

  static ResourceLogs resource(String name, List<LogRecord> logs) {
    return ResourceLogs.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", name)))
        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(logs))
        .build();
  }

  static ExportLogsServiceRequest logs(List<LogRecord> logs) {
    return ExportLogsServiceRequest.newBuilder().addResourceLogs(resource("a", logs)).build();
  }

  /** Runs of one value, among them all zeros, and of no value. */
  static ExportLogsServiceRequest runs() {
    List<LogRecord> logs = new ArrayList<>();
    for (Object value :
        new Object[] {"", "x", 0L, 7L, 0.0, -0.0, Double.NaN, false, true, new byte[0], null}) {
      for (int i = 0; i < 5; i++) {
        logs.add(log(logs.size() + 1, "k", value));
      }
    }
    return logs(logs);
  }

  /** Neighbours that are equal as numbers only, or by their bits only. */
  static ExportLogsServiceRequest doubles() {
    double[] values = {1, 0.0, -0.0, 0.0, Double.NaN, Double.NaN, Double.NaN, -0.0, -0.0, 0.0};
    List<LogRecord> logs = new ArrayList<>();
    for (double value : values) {
      logs.add(log(logs.size() + 1, "k", value));
    }
    return logs(logs);
  }

  /** The same of exemplars, and exemplars without a value. */
  static ExportMetricsServiceRequest exemplars() {
    List<NumberDataPoint> points = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      NumberDataPoint.Builder point = NumberDataPoint.newBuilder().setAsInt(1).setTimeUnixNano(p);
      for (double value : new double[] {0.0, -0.0, Double.NaN, Double.NaN, 2}) {
        point.addExemplars(
            Exemplar.newBuilder()
                .setAsDouble(value)
                .addFilteredAttributes(attribute("p", (long) p)));
      }
      point.addExemplars(Exemplar.newBuilder().setTimeUnixNano(5));
      point.addExemplars(Exemplar.newBuilder().setAsInt(0).setTimeUnixNano(6));
      points.add(point.build());
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder()
                                .setName("m")
                                .addMetadata(attribute("left out", true))
                                .setGauge(Gauge.newBuilder().addAllDataPoints(points)))))
        .build();
  }
}

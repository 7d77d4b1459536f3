/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.otlp.OtlpRequest;
import io.otap.core.otlp.OtlpRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Small requests whose records are numbered. */
public final class TestRequests {

  private TestRequests() {}

  /** Logs with these numbers as bodies. */
  public static OtlpRequest logs(long from, long to) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (long number = from; number < to; number++) {
      scope.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(number + 1)
              .setBody(AnyValue.newBuilder().setIntValue(number)));
    }
    return OtlpRequest.of(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build());
  }

  /** The numbers in a request of logs. */
  public static List<Long> numbers(byte[] request) {
    List<Long> numbers = new ArrayList<>();
    try {
      OtlpRequests.parse(ExportLogsServiceRequest.parser(), request)
          .getResourceLogsList()
          .forEach(
              resource ->
                  resource
                      .getScopeLogsList()
                      .forEach(
                          scope ->
                              scope
                                  .getLogRecordsList()
                                  .forEach(log -> numbers.add(log.getBody().getIntValue()))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return numbers;
  }

  /** Options by name. */
  public static final class Options {

    private final Map<String, String> values = new HashMap<>();

    public Options with(ConfigOption<?> option, Object value) {
      values.put(option.key(), String.valueOf(value));
      return this;
    }

    /** These options, for a sink to an endpoint. */
    public Configuration configuration(String endpoint) {
      Configuration configuration = new Configuration();
      configuration.set(GrpcSinkOptions.ENDPOINT, endpoint);
      values.forEach(configuration::setString);
      return configuration;
    }
  }
}

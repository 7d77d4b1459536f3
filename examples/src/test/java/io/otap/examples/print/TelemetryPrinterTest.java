/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.otap.core.TestData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class TelemetryPrinterTest {

  private static final ExportLogsServiceRequest ONE_LOG = oneLog();

  private final StringBuilder text = new StringBuilder();

  @Test
  void basicIsALineForEachBatch() {
    printer(PrintDetail.BASIC).logs(ONE_LOG);
    assertThat(text).hasToString("logs: 1 record, 1 resource, 1 scope\n");
  }

  @Test
  void normalIsALineForEachRecord() {
    printer(PrintDetail.NORMAL).logs(ONE_LOG);
    assertThat(text)
        .hasToString("2026-01-02T03:04:05.000000006Z WARN   shop  no\\nsugar \\u001b[1m\n");
  }

  @Test
  void detailedShowsEverything() {
    printer(PrintDetail.DETAILED).logs(ONE_LOG);
    assertThat(text)
        .hasToString(
            """
            Resource
              schema URL: https://r
              -> service.name: "shop"
              Scope lib
                version: 1.0
                dropped attributes: 4
                -> raw: 0x00ff
                Log 2026-01-02T03:04:05.000000006Z
                  severity: WARN (13)
                  event: sold.out
                  body: "no\\nsugar \\u001b[1m"
                  trace: 0102
                  flags: 1
                  -> n: [1, true, {d=-0.5, e=(empty)}]
            """);
  }

  @Test
  void recordedTelemetryOfEverySignal() throws IOException {
    TelemetryPrinter printer = printer(PrintDetail.DETAILED);
    try (InputStream in = Files.newInputStream(TestData.expected("mixed").resolve("logs.binpb"))) {
      for (var r = ExportLogsServiceRequest.parseDelimitedFrom(in);
          r != null;
          r = ExportLogsServiceRequest.parseDelimitedFrom(in)) {
        printer.logs(r);
      }
    }
    try (InputStream in =
        Files.newInputStream(TestData.expected("mixed").resolve("traces.binpb"))) {
      for (var r = ExportTraceServiceRequest.parseDelimitedFrom(in);
          r != null;
          r = ExportTraceServiceRequest.parseDelimitedFrom(in)) {
        printer.traces(r);
      }
    }
    try (InputStream in =
        Files.newInputStream(TestData.expected("mixed").resolve("metrics.binpb"))) {
      for (var r = ExportMetricsServiceRequest.parseDelimitedFrom(in);
          r != null;
          r = ExportMetricsServiceRequest.parseDelimitedFrom(in)) {
        printer.metrics(r);
      }
    }
    assertThat(text.toString().lines().map(String::strip))
        .anyMatch(l -> l.startsWith("Log "))
        .anyMatch(l -> l.startsWith("Span "))
        .anyMatch(l -> l.startsWith("Event "))
        .anyMatch(l -> l.startsWith("Link "))
        .anyMatch(l -> l.startsWith("Metric "))
        .anyMatch(l -> l.startsWith("Point "))
        .anyMatch(l -> l.startsWith("Exemplar "))
        .noneMatch(l -> l.chars().anyMatch(Character::isISOControl));
  }

  private TelemetryPrinter printer(PrintDetail detail) {
    return new TelemetryPrinter(detail, text::append);
  }

  private static ExportLogsServiceRequest oneLog() {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    ResourceLogs.Builder resource = request.addResourceLogsBuilder().setSchemaUrl("https://r");
    resource.getResourceBuilder().addAttributes(attribute("service.name", string("shop")));
    ScopeLogs.Builder scope = resource.addScopeLogsBuilder();
    scope
        .getScopeBuilder()
        .setName("lib")
        .setVersion("1.0")
        .setDroppedAttributesCount(4)
        .addAttributes(
            attribute(
                "raw",
                AnyValue.newBuilder()
                    .setBytesValue(ByteString.copyFrom(new byte[] {0, -1}))
                    .build()));
    AnyValue.Builder list = AnyValue.newBuilder();
    list.getArrayValueBuilder().addValuesBuilder().setIntValue(1);
    list.getArrayValueBuilder().addValuesBuilder().setBoolValue(true);
    list.getArrayValueBuilder()
        .addValuesBuilder()
        .getKvlistValueBuilder()
        .addValues(attribute("d", AnyValue.newBuilder().setDoubleValue(-0.5).build()))
        .addValues(attribute("e", AnyValue.getDefaultInstance()));
    scope.addLogRecords(
        LogRecord.newBuilder()
            .setTimeUnixNano(1767323045000000006L)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
            .setEventName("sold.out")
            .setBody(string("no\nsugar \u001b[1m"))
            .setTraceId(ByteString.copyFrom(new byte[] {1, 2}))
            .setFlags(1)
            .addAttributes(attribute("n", list.build())));
    return request.build();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue string(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }
}

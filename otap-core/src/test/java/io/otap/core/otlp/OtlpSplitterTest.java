/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpSplitterTest {

  @Test
  void partsTogetherAreTheRequest() throws IOException {
    int cut = 0;
    for (long seed = 0; seed < 200; seed++) {
      RandomRequests random = new RandomRequests(seed);
      for (Signal signal : Signal.values()) {
        MessageLite request =
            switch (signal) {
              case LOGS -> random.logs();
              case TRACES -> random.traces();
              case METRICS -> random.metrics();
            };
        OtlpRequest bytes = new OtlpRequest(signal, request.toByteArray());
        OtlpRecords expected = new OtlpRecords(ComparisonProfile.EXACT).add(request);
        for (int limit = smallest(bytes);
            limit <= 2 * bytes.bytes().length;
            limit += limit / 3 + 1) {
          List<OtlpPart> parts = OtlpSplitter.split(bytes, limit);
          OtlpRecords actual = new OtlpRecords(ComparisonProfile.EXACT);
          for (OtlpPart part : parts) {
            assertThat(part.bytes()).as("seed %d", seed).hasSizeLessThanOrEqualTo(limit);
            assertThat(part.records())
                .isPositive()
                .isEqualTo(OtlpSplitter.records(new OtlpRequest(signal, part.bytes())));
            actual.add(OtlpRequests.parse(OtlpFiles.parser(signal), part.bytes()));
          }
          OtlpComparison comparison = OtlpComparison.of(expected, actual);
          assertThat(comparison.isEqual())
              .as("seed %d, limit %d: %s", seed, limit, comparison.difference())
              .isTrue();
          cut += parts.size() > 2 ? 1 : 0;
        }
      }
    }
    assertThat(cut).isGreaterThan(1000);
  }

  /** The size of the largest record with its resource and scope. */
  private static int smallest(OtlpRequest request) throws IOException {
    int limit = 1;
    while (true) {
      try {
        OtlpSplitter.split(request, limit);
        return limit;
      } catch (TooLargeRecordException e) {
        assertThat(e.bytes()).isGreaterThan(limit);
        limit = (int) e.bytes();
      }
    }
  }

  @Test
  void partsAreAsFewAsTheLimitAllows() throws IOException {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < 1000; i++) {
      scope.addLogRecords(
          LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("x".repeat(100))));
    }
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build();
    OtlpRequest bytes = OtlpRequest.of(request);
    int size = bytes.bytes().length;
    assertThat(OtlpSplitter.split(bytes, size))
        .singleElement()
        .satisfies(part -> assertThat(part.bytes()).isEqualTo(bytes.bytes()));
    assertThat(OtlpSplitter.split(bytes, size - 1))
        .extracting(OtlpPart::records)
        .containsExactly(999, 1);
    assertThat(OtlpSplitter.split(bytes, size / 4 + 200)).hasSize(4);
  }

  @Test
  void aRequestWithoutRecordsGivesNoPart() throws IOException {
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder()))
            .build();
    assertThat(OtlpSplitter.split(OtlpRequest.of(request), 1)).isEmpty();
    assertThat(OtlpSplitter.records(OtlpRequest.of(request))).isZero();
  }

  @Test
  void bytesThatAreNoRequestAreRefused() {
    OtlpRequest broken = new OtlpRequest(Signal.TRACES, new byte[] {10, 100, 1});
    assertThatThrownBy(() -> OtlpSplitter.records(broken))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.WIRE))
        .hasMessageContaining("no OTLP request of traces");
  }
}

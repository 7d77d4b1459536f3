/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that real senders made go into batches and come out as they were. */
public class GoldenRequestTest {

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void comesBack(String set) throws IOException {
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.PARQUET);
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
    for (Signal signal : Signal.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected(set), signal)) {
        expected.add(request);
        for (OtapBatch batch : decode(request)) {
          actual.add(batch);
        }
      }
    }
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
  }

  public static List<OtapBatch> decode(MessageLite request) throws IOException {
    if (request instanceof ExportLogsServiceRequest logs) {
      return OtlpDecoder.decode(logs);
    }
    if (request instanceof ExportTraceServiceRequest traces) {
      return OtlpDecoder.decode(traces);
    }
    return OtlpDecoder.decode((ExportMetricsServiceRequest) request);
  }
}

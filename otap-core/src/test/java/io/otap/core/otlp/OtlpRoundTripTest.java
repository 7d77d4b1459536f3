/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random requests go into batches and come out as they were. */
class OtlpRoundTripTest {

  @Test
  void nothingIsLost() throws IOException {
    Set<PayloadType> seen = EnumSet.noneOf(PayloadType.class);
    for (long seed = 0; seed < 300; seed++) {
      RandomRequests random = new RandomRequests(seed);
      for (MessageLite request : List.of(random.logs(), random.traces(), random.metrics())) {
        OtlpRecords actual = new OtlpRecords(ComparisonProfile.EXACT);
        for (OtapBatch batch : GoldenRequestTest.decode(request)) {
          actual.add(batch);
          batch.tables().stream().map(OtapTable::type).forEach(seen::add);
        }
        OtlpComparison comparison =
            OtlpComparison.of(new OtlpRecords(ComparisonProfile.EXACT).add(request), actual);
        assertThat(comparison.isEqual()).as("seed %d: %s", seed, comparison.difference()).isTrue();
      }
    }
    assertThat(seen).isEqualTo(EnumSet.allOf(PayloadType.class));
  }

  @Test
  void largeRequestsAreSplit() throws IOException {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i <= OtapBatch.MAX_ROWS; i++) {
      scope.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(i)
              .setBody(AnyValue.newBuilder().setIntValue(i).build()));
    }
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
            .build();
    List<OtapBatch> batches = OtlpDecoder.decode(request);
    assertThat(batches).extracting(OtapBatch::rows).containsExactly(OtapBatch.MAX_ROWS, 1);
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.EXACT);
    for (OtapBatch batch : batches) {
      actual.add(batch);
    }
    assertThat(actual.digest(Signal.LOGS))
        .isEqualTo(new OtlpRecords(ComparisonProfile.EXACT).add(request).digest(Signal.LOGS));
  }
}

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
import io.otap.core.TestData;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison notices every damage, and nothing that is not significant. */
class OtlpComparisonTest {

  private static final String SET = "mixed";

  static List<OtlpMutations.Mutation<?>> mutations() {
    return OtlpMutations.all();
  }

  @Test
  void thereAreThirtyMutations() {
    assertThat(mutations()).hasSize(30);
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void everyMutationIsDifferent(OtlpMutations.Mutation<?> mutation) throws IOException {
    List<MessageLite> requests = OtlpFiles.read(TestData.expected(SET), mutation.signal());
    for (ComparisonProfile profile : ComparisonProfile.values()) {
      for (long seed = 0; seed < 3; seed++) {
        OtlpRecords expected = new OtlpRecords(profile);
        requests.forEach(expected::add);
        OtlpRecords actual = new OtlpRecords(profile);
        OtlpMutations.apply(mutation, requests, seed).forEach(actual::add);
        OtlpComparison comparison = OtlpComparison.of(expected, actual);
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.missing().size() + comparison.extra().size()).isPositive();
        assertThat(comparison.difference()).contains("missing");
        assertThat(actual.digest(mutation.signal()))
            .isNotEqualTo(expected.digest(mutation.signal()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ComparisonProfile.class)
  void orderAndGroupingAreNotSignificant(ComparisonProfile profile) throws IOException {
    List<ResourceLogs> single = new ArrayList<>();
    OtlpRecords expected = new OtlpRecords(profile);
    Random random = new Random(1);
    for (MessageLite request : OtlpFiles.read(TestData.expected(SET), Signal.LOGS)) {
      expected.add(request);
      for (ResourceLogs resource : ((ExportLogsServiceRequest) request).getResourceLogsList()) {
        for (ScopeLogs scope : resource.getScopeLogsList()) {
          for (LogRecord record : scope.getLogRecordsList()) {
            ScopeLogs alone =
                scope.toBuilder().clearLogRecords().addLogRecords(shuffled(record, random)).build();
            single.add(resource.toBuilder().clearScopeLogs().addScopeLogs(alone).build());
          }
        }
      }
    }
    Collections.shuffle(single, random);
    OtlpRecords actual =
        new OtlpRecords(profile)
            .add(ExportLogsServiceRequest.newBuilder().addAllResourceLogs(single).build())
            .add(
                ExportLogsServiceRequest.newBuilder()
                    .addResourceLogs(ResourceLogs.newBuilder().setSchemaUrl("without records"))
                    .build());
    OtlpComparison comparison = OtlpComparison.of(expected, actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    assertThat(actual.digest(Signal.LOGS)).isEqualTo(expected.digest(Signal.LOGS));
  }

  @Test
  void fieldsCanBeLeftOut() {
    assertThat(compare(log(r -> r.setFlags(1)), log(r -> {}), "flags").isEqual()).isTrue();
    assertThat(compare(log(r -> r.setFlags(1)), log(r -> {}), "severity_text").isEqual()).isFalse();
  }

  @Test
  void nanEqualsNanAndMinusZeroIsNotZero() {
    ExportLogsServiceRequest nan = log(r -> r.setBody(number(Double.NaN)));
    ExportLogsServiceRequest otherNan =
        log(r -> r.setBody(number(Double.longBitsToDouble(0x7FF8_0000_0000_0001L))));
    assertThat(compare(nan, otherNan).isEqual()).isTrue();
    assertThat(
            compare(log(r -> r.setBody(number(0.0))), log(r -> r.setBody(number(-0.0)))).isEqual())
        .isFalse();
  }

  @Test
  void theDifferenceNamesFieldAndValues() {
    OtlpComparison comparison =
        compare(
            log(r -> r.setTimeUnixNano(7).setSeverityText("INFO")),
            log(r -> r.setTimeUnixNano(7).setSeverityText("WARN")));
    assertThat(comparison.missing()).hasSize(1);
    assertThat(comparison.extra()).hasSize(1);
    assertThat(comparison.difference())
        .contains("logs: expected 1, actual 1, missing 1, extra 1")
        .containsPattern("! severity_text +expected INFO")
        .containsPattern("actual +WARN");
  }

  private static OtlpComparison compare(
      ExportLogsServiceRequest expected, ExportLogsServiceRequest actual, String... ignored) {
    return OtlpComparison.of(
        new OtlpRecords(ComparisonProfile.EXACT, ignored).add(expected),
        new OtlpRecords(ComparisonProfile.EXACT, ignored).add(actual));
  }

  private static AnyValue number(double value) {
    return AnyValue.newBuilder().setDoubleValue(value).build();
  }

  private static ExportLogsServiceRequest log(Consumer<LogRecord.Builder> change) {
    LogRecord.Builder record = LogRecord.newBuilder();
    change.accept(record);
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
        .build();
  }

  private static LogRecord shuffled(LogRecord record, Random random) {
    var attributes = new ArrayList<>(record.getAttributesList());
    Collections.shuffle(attributes, random);
    return record.toBuilder().clearAttributes().addAllAttributes(attributes).build();
  }
}

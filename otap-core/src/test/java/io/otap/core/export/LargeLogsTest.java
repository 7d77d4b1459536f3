/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpRecords;
import io.otap.core.scan.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ids of logs have 16 bits before the exporter adds the offset. A request of more logs with
 * attributes wraps them, without a mark in the files (ENGINE-OBSERVED 5).
 */
class LargeLogsTest {

  private static final int IDS = 1 << 16;

  @TempDir Path tree;

  @ParameterizedTest
  @CsvSource({"8192, false", "8192, true", "65535, false", "1000, true"})
  void asManyAsThereAreIdsComeBack(int batchSize, boolean transportOrder) throws IOException {
    List<ExportLogsServiceRequest> requests = List.of(logs(3), logs(IDS), logs(5));
    export(transportOrder, requests);
    OtlpRecords expected = new OtlpRecords(ComparisonProfile.PARQUET);
    requests.forEach(expected::add);
    for (long splitSize : new long[] {100_000, Long.MAX_VALUE / 2}) {
      OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
      for (OtapBatch batch : Worlds.replay(tree, splitSize, options(batchSize))) {
        actual.add(batch);
      }
      OtlpComparison comparison = OtlpComparison.of(expected, actual);
      assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"65537, false", "70000, false", "70000, true", "140000, false"})
  void moreAreRefusedWithTheReason(int records, boolean transportOrder) throws IOException {
    export(transportOrder, List.of(logs(3), logs(records), logs(5)));
    for (long splitSize : new long[] {100_000, Long.MAX_VALUE / 2}) {
      assertThatThrownBy(() -> Worlds.replay(tree, splitSize, options(8192)))
          .isInstanceOfSatisfying(
              OtapException.class,
              e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.RECONSTRUCTION))
          .hasMessageContaining("more than 65,536 records")
          .hasMessageContaining(".parquet");
    }
  }

  /** The complete flavour has no such limit: a request becomes two batches. */
  @Test
  void theCompleteFlavourHoldsThemAll() throws IOException {
    ExportLogsServiceRequest request = logs(70_000);
    try (OtapParquetWriter writer =
        new OtapParquetWriter(new LocalTarget(tree), ExportOptions.DEFAULT)) {
      for (OtapBatch batch : Worlds.decode(request)) {
        writer.write(batch);
      }
      writer.roll();
    }
    Worlds.assertExact(0, List.of(request), Worlds.replay(tree, Long.MAX_VALUE / 2, options(8192)));
  }

  private void export(boolean transportOrder, List<ExportLogsServiceRequest> requests)
      throws IOException {
    EngineExporter exporter =
        new EngineExporter(tree, new Random(1), Integer.MAX_VALUE, transportOrder);
    for (ExportLogsServiceRequest request : requests) {
      exporter.export(request);
    }
    exporter.finish();
  }

  private static ReadOptions options(int batchSize) {
    return new ReadOptions(batchSize, 64 << 20, RecoveryPolicy.LIKELY, true, 256 << 20);
  }

  private static ExportLogsServiceRequest logs(int records) {
    ScopeLogs.Builder scope = ScopeLogs.newBuilder();
    for (int i = 0; i < records; i++) {
      scope.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(records + i)
              .addAttributes(attribute("i", Integer.toString(i))));
    }
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder().addAttributes(attribute("service.name", "s" + records)))
                .addScopeLogs(scope))
        .build();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}

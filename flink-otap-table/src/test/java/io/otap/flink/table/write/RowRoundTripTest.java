/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.otlp.OtlpRecords;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.read.BatchRows;
import io.otap.flink.table.read.TestRequests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows in the exact form become the telemetry again that they came from. */
class RowRoundTripTest {

  private static final int SEEDS = 1_000;

  @ParameterizedTest
  @EnumSource(
      value = SignalTable.class,
      names = {"LOGS", "SPANS"})
  void nothingIsLost(SignalTable table) throws IOException {
    long rows = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      MessageLite request = TestRequests.of(table, seed);
      OtlpRecords actual = new OtlpRecords(ComparisonProfile.EXACT);
      Map<String, LogicalType> attributes = attributes(new Random(seed));
      RowType physical = shuffled(table.rowType(ValueForm.EXACT), seed);
      RowLayout layout = RowLayout.of(table, physical).withMetadata(attributes);
      RowType type = with(physical, attributes);
      RowDataSerializer serializer = new RowDataSerializer(type);
      for (OtapBatch batch : OtlpFiles.decode(request)) {
        RowBatchBuilder builder = new RowBatchBuilder(table, type);
        for (RowData row : new BatchRows(layout, path -> 0).of(batch)) {
          builder.add(seed % 2 == 0 ? row : serializer.toBinaryRow(row));
        }
        OtapBatch again = builder.build();
        assertThat(again.rows()).isEqualTo(batch.rows());
        rows += again.rows();
        actual.add(again);
      }
      OtlpComparison comparison =
          OtlpComparison.of(new OtlpRecords(ComparisonProfile.EXACT).add(request), actual);
      assertThat(comparison.isEqual()).as("seed %d: %s", seed, comparison.difference()).isTrue();
    }
    assertThat(rows).isGreaterThan(5 * SEEDS);
  }

  /** Some have columns of their own, too. */
  private static Map<String, LogicalType> attributes(Random random) {
    Map<String, LogicalType> attributes = new LinkedHashMap<>();
    AttributeForm[] forms = AttributeForm.values();
    for (String owner : List.of("attributes", "resource.attributes", "scope.attributes")) {
      for (String key : List.of("k", "", "http.method")) {
        if (random.nextInt(3) == 0) {
          attributes.put(owner + "." + key, forms[random.nextInt(forms.length)].type());
        }
      }
    }
    return attributes;
  }

  private static RowType with(RowType physical, Map<String, LogicalType> attributes) {
    List<RowType.RowField> fields = new ArrayList<>(physical.getFields());
    attributes.forEach((name, type) -> fields.add(new RowType.RowField(name, type)));
    return new RowType(fields);
  }

  /** Columns may be declared in any order. */
  private static RowType shuffled(RowType type, long seed) {
    List<RowType.RowField> fields = new ArrayList<>(type.getFields());
    Collections.shuffle(fields, new Random(seed));
    return new RowType(fields);
  }
}

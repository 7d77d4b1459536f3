/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.otap.core.TestData;
import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.value.AnyValues;
import io.otap.flink.table.value.ValueText;
import io.otap.flink.table.value.ValueVariant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.DataStructureConverter;
import org.apache.flink.table.data.conversion.DataStructureConverters;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.Row;
import org.apache.flink.types.variant.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows say what the requests say. */
class BatchRowsTest {

  private static final int SEEDS = 500;

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @EnumSource(SignalTable.class)
  void randomRequests(SignalTable table) throws IOException {
    for (long seed = 0; seed < SEEDS; seed++) {
      MessageLite request = TestRequests.of(table, seed);
      assertThat(texts(rows(table, ValueForm.TEXT, request)))
          .as("seed %d", seed)
          .isEqualTo(texts(OtlpRows.of(request)));
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void recordedRequests(String set) throws IOException {
    int compared = 0;
    for (SignalTable table : SignalTable.values()) {
      for (MessageLite request : OtlpFiles.read(TestData.expected(set), table.signal())) {
        List<String> expected = texts(OtlpRows.of(request));
        assertThat(texts(rows(table, ValueForm.TEXT, request))).isEqualTo(expected);
        compared += expected.size();
      }
    }
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @EnumSource(SignalTable.class)
  void formsSayTheSame(SignalTable table) throws IOException {
    int index = table.rowType(ValueForm.TEXT).getFieldIndex("attributes");
    int compared = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      MessageLite request = TestRequests.of(table, seed);
      List<Row> texts = rows(table, ValueForm.TEXT, request);
      List<Row> variants = rows(table, ValueForm.VARIANT, request);
      List<Row> exact = rows(table, ValueForm.EXACT, request);
      for (int i = 0; i < texts.size(); i++) {
        Map<?, ?> text = (Map<?, ?>) texts.get(i).getField(index);
        if (text == null) {
          continue;
        }
        Map<?, ?> variant = (Map<?, ?>) variants.get(i).getField(index);
        assertThat(variant.keySet()).isEqualTo(text.keySet());
        List<Object> seen = new ArrayList<>();
        for (Object pair : (Object[]) exact.get(i).getField(index)) {
          String key = (String) ((Row) pair).getField(0);
          if (!seen.contains(key)) {
            seen.add(key);
            AnyValue value = AnyValues.parse((byte[]) ((Row) pair).getField(1));
            assertThat(text.get(key)).isEqualTo(ValueText.of(value));
            assertThat(variant.get(key)).isEqualTo(ValueVariant.of(value));
            if (!value.hasKvlistValue()) {
              assertThat(ValueVariant.value((Variant) variant.get(key)).getValueCase())
                  .isEqualTo(value.getValueCase());
            }
            compared++;
          }
        }
        assertThat(seen).hasSameElementsAs(text.keySet());
      }
    }
    assertThat(compared).isGreaterThan(SEEDS);
  }

  private static List<Row> rows(SignalTable table, ValueForm form, MessageLite request)
      throws IOException {
    RowType type = table.rowType(form);
    DataStructureConverter<Object, Object> converter =
        DataStructureConverters.getConverter(TypeConversions.fromLogicalToDataType(type));
    converter.open(BatchRowsTest.class.getClassLoader());
    List<Row> rows = new ArrayList<>();
    for (OtapBatch batch : OtlpFiles.decode(request)) {
      for (RowData row : new BatchRows(RowLayout.of(table, type), path -> 0).of(batch)) {
        rows.add((Row) converter.toExternal(row));
      }
    }
    return rows;
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(BatchRowsTest::text).toList();
  }

  /** Text that is equal exactly if values are: keys of maps have no order. */
  private static String text(Object value) {
    if (value instanceof Row row) {
      return IntStream.range(0, row.getArity())
          .mapToObj(i -> text(row.getField(i)))
          .collect(Collectors.joining(", ", "(", ")"));
    }
    if (value instanceof Object[] array) {
      return Arrays.stream(array)
          .map(BatchRowsTest::text)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
          .sorted()
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value == null ? "-" : value.getClass().getSimpleName() + ":" + value;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.OtapBatch;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.table.model.Aggregate;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.Grouping;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups are what one makes of the rows, one row after the other. */
class BatchGroupsTest {

  private static final int SEEDS = 1_000;

  private static final Map<String, LogicalType> ATTRIBUTES =
      Map.of(
          "attributes.k", AttributeForm.TEXT.type(),
          "attributes.http.method", AttributeForm.INT.type(),
          "attributes.", AttributeForm.BOOL.type(),
          "resource.attributes.k", AttributeForm.TEXT.type(),
          "scope.attributes.k", AttributeForm.TEXT.type());

  @ParameterizedTest
  @EnumSource(
      value = SignalTable.class,
      names = {"LOGS", "SPANS"})
  void areMadeOfRows(SignalTable table) throws IOException {
    for (long seed = 0; seed < SEEDS; seed++) {
      Grouping grouping = grouping(table, new Random(seed));
      for (OtapBatch batch : OtlpFiles.decode(TestRequests.of(table, seed))) {
        List<RowData> rows = new BatchRows(grouping.layout(), path -> 0).of(batch);
        assertThat(new BatchGroups(grouping).of(batch))
            .as("seed %d, %s", seed, grouping)
            .isEqualTo(expected(grouping, rows));
      }
    }
  }

  private static Grouping grouping(SignalTable table, Random random) {
    RowType type = table.rowType(ValueForm.TEXT);
    List<RowLayout.Field> simple =
        RowLayout.of(table, type).withMetadata(ATTRIBUTES).fields().stream()
            .filter(BatchGroupsTest::isSimple)
            .toList();
    List<RowLayout.Field> keys = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      keys.add(simple.get(random.nextInt(simple.size())));
    }
    List<Aggregate> aggregates = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      RowLayout.Field of = simple.get(random.nextInt(simple.size()));
      List<Aggregate.Function> functions = List.of(Aggregate.Function.values());
      Aggregate.Function function = functions.get(random.nextInt(functions.size()));
      boolean sum = function == Aggregate.Function.SUM || function == Aggregate.Function.SUM0;
      if (function == Aggregate.Function.COUNT && random.nextBoolean()) {
        aggregates.add(new Aggregate(function, null, new BigIntType()));
      } else if (!sum || isInt(of) || of.type().is(LogicalTypeRoot.BIGINT)) {
        aggregates.add(new Aggregate(function, of, of.type()));
      }
    }
    return new Grouping(table, keys, aggregates);
  }

  private static boolean isInt(RowLayout.Field field) {
    return field.type().is(LogicalTypeRoot.INTEGER);
  }

  private static boolean isSimple(RowLayout.Field field) {
    return switch (field.type().getTypeRoot()) {
      case MAP, ROW, ARRAY -> false;
      default -> true;
    };
  }

  private static List<RowData> expected(Grouping grouping, List<RowData> rows) {
    Map<List<Object>, List<GenericRowData>> groups = new LinkedHashMap<>();
    int keys = grouping.keys().size();
    for (RowData row : rows) {
      List<Object> key = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        key.add(((GenericRowData) row).getField(i));
      }
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add((GenericRowData) row);
    }
    List<RowData> expected = new ArrayList<>();
    groups.forEach(
        (key, members) -> {
          List<Object> result = new ArrayList<>(key);
          int field = keys;
          for (Aggregate aggregate : grouping.aggregates()) {
            if (aggregate.of() == null) {
              result.add((long) members.size());
              continue;
            }
            int index = field++;
            List<Object> values =
                members.stream().map(m -> m.getField(index)).filter(Objects::nonNull).toList();
            result.add(result(aggregate, values));
          }
          expected.add(GenericRowData.of(result.toArray()));
        });
    return expected;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object result(Aggregate aggregate, List<Object> values) {
    return switch (aggregate.function()) {
      case COUNT -> (long) values.size();
      case MIN -> values.stream().min((a, b) -> ((Comparable) a).compareTo(b)).orElse(null);
      case MAX -> values.stream().max((a, b) -> ((Comparable) a).compareTo(b)).orElse(null);
      case SUM -> values.isEmpty() ? null : sum(aggregate, values);
      case SUM0 -> sum(aggregate, values);
    };
  }

  private static Object sum(Aggregate aggregate, List<Object> values) {
    long sum = values.stream().mapToLong(value -> ((Number) value).longValue()).sum();
    return isInt(aggregate.of()) ? (Object) (int) sum : (Object) sum;
  }
}

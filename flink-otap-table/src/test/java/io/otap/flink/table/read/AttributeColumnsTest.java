/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.otap.core.TestData;
import io.otap.core.assemble.SplitBatchReader;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpFiles;
import io.otap.core.scan.OtapTree;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.scan.SplitPlanner;
import io.otap.core.storage.LocalStorage;
import io.otap.core.storage.Storage;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import io.otap.flink.table.value.AnyValues;
import io.otap.flink.table.value.ValueText;
import io.otap.flink.table.value.ValueVariant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The column of an attribute shows what all attributes show of its key. */
class AttributeColumnsTest {

  private static final int SEEDS = 100;

  /** The last of metrics only. */
  private static final List<String> OWNERS =
      List.of("attributes", "resource.attributes", "scope.attributes", "metadata");

  static List<String> sets() {
    return TestData.sets();
  }

  @ParameterizedTest
  @EnumSource(SignalTable.class)
  void randomRequests(SignalTable table) throws IOException {
    int compared = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      for (OtapBatch batch : OtlpFiles.decode(TestRequests.of(table, seed))) {
        compared += compare("seed " + seed, batch);
      }
    }
    assertThat(compared).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void recordedTrees(String set) throws IOException {
    Storage storage = new LocalStorage();
    OtapTree tree = OtapTree.list(storage, TestData.parquet(set).toString());
    int compared = 0;
    for (SplitPlan plan :
        SplitPlanner.plan(tree, EnumSet.allOf(Signal.class), 1 << 20, ReadOptions.DEFAULT)) {
      try (SplitBatchReader reader = SplitBatchReader.open(storage, plan, 0)) {
        for (OtapBatch batch = reader.next(); batch != null; batch = reader.next()) {
          compared += compare(set, batch);
        }
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void keysAndTypes() throws IOException {
    KeyValue[] all = {
      attribute("a.b", AnyValue.newBuilder().setIntValue(Long.MIN_VALUE)),
      attribute("a.b", AnyValue.newBuilder().setStringValue("the second")),
      attribute("", AnyValue.newBuilder().setStringValue("of the empty key")),
      attribute("it's [a] \"key\".", AnyValue.newBuilder().setDoubleValue(-0.0)),
      attribute("none", AnyValue.newBuilder()),
      attribute("none", AnyValue.newBuilder().setBoolValue(true)),
      attribute("yes", AnyValue.newBuilder().setBoolValue(true)),
      attribute("bytes", AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(new byte[] {1}))),
      attribute(
          "list",
          AnyValue.newBuilder()
              .setArrayValue(
                  ArrayValue.newBuilder().addValues(AnyValue.newBuilder().setIntValue(7))))
    };
    assertThat(read("a.b", AttributeForm.TEXT, all)).isEqualTo(text("-9223372036854775808"));
    assertThat(read("a.b", AttributeForm.INT, all)).isEqualTo(Long.MIN_VALUE);
    assertThat(read("a.b", AttributeForm.DOUBLE, all)).isEqualTo((double) Long.MIN_VALUE);
    assertThat(read("a.b", AttributeForm.BOOL, all)).isNull();
    assertThat(read("", AttributeForm.TEXT, all)).isEqualTo(text("of the empty key"));
    assertThat(read("", AttributeForm.INT, all)).isNull();
    assertThat(read("it's [a] \"key\".", AttributeForm.TEXT, all)).isEqualTo(text("-0.0"));
    assertThat(read("it's [a] \"key\".", AttributeForm.DOUBLE, all)).isEqualTo(-0.0);
    assertThat(read("it's [a] \"key\".", AttributeForm.INT, all)).isNull();
    assertThat(read("none", AttributeForm.TEXT, all)).isNull();
    assertThat(read("none", AttributeForm.BOOL, all)).isNull();
    assertThat(read("none", AttributeForm.VARIANT, all)).isNull();
    assertThat(read("yes", AttributeForm.TEXT, all)).isEqualTo(text("true"));
    assertThat(read("yes", AttributeForm.BOOL, all)).isEqualTo(true);
    assertThat(read("bytes", AttributeForm.TEXT, all)).isEqualTo(text("AQ=="));
    assertThat(read("bytes", AttributeForm.BYTES, all)).isEqualTo(new byte[] {1});
    assertThat(read("list", AttributeForm.TEXT, all)).isEqualTo(text("[7]"));
    assertThat(read("list", AttributeForm.VARIANT, all).toString()).isEqualTo("[7]");
    for (AttributeForm form : AttributeForm.values()) {
      assertThat(read("absent", form, all)).isNull();
      assertThat(read("a", form, all)).isNull();
      assertThat(read("a.b", form)).isNull();
    }
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static StringData text(String text) {
    return StringData.fromString(text);
  }

  /** Of the one log that has these attributes. */
  private static Object read(String key, AttributeForm form, KeyValue... attributes)
      throws IOException {
    LogRecord log = LogRecord.newBuilder().addAllAttributes(List.of(attributes)).build();
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log).build()))
            .build();
    RowLayout layout =
        new RowLayout(SignalTable.LOGS, List.of())
            .withMetadata(Map.of("attributes." + key, form.type()));
    OtapBatch batch = OtlpFiles.decode(request).iterator().next();
    return ((GenericRowData) new BatchRows(layout, path -> 0).of(batch).get(0)).getField(0);
  }

  /** Compares all keys that occur, and one that does not, in all forms. */
  private static int compare(String where, OtapBatch batch) throws IOException {
    SignalTable table = table(batch);
    RowType exact = table.rowType(ValueForm.EXACT);
    List<RowData> whole = new BatchRows(RowLayout.of(table, exact), path -> 0).of(batch);
    int compared = 0;
    for (String owner : OWNERS) {
      if (table.attribute(owner + ".") == null) {
        continue;
      }
      List<Map<String, byte[]>> expected = new ArrayList<>();
      Set<String> keys = new LinkedHashSet<>(Set.of("absent"));
      for (RowData row : whole) {
        expected.add(attributes(row, exact, owner));
        keys.addAll(expected.get(expected.size() - 1).keySet());
      }
      for (AttributeForm form : AttributeForm.values()) {
        compared += compare(where, batch, owner, List.copyOf(keys), form, expected);
      }
    }
    return compared;
  }

  private static SignalTable table(OtapBatch batch) {
    return Stream.of(SignalTable.values())
        .filter(table -> table.signal() == batch.signal())
        .findFirst()
        .orElseThrow();
  }

  private static int compare(
      String where,
      OtapBatch batch,
      String owner,
      List<String> keys,
      AttributeForm form,
      List<Map<String, byte[]>> expected)
      throws IOException {
    Map<String, LogicalType> columns = new LinkedHashMap<>();
    keys.forEach(key -> columns.put(owner + "." + key, form.type()));
    RowLayout layout = new RowLayout(table(batch), List.of()).withMetadata(columns);
    List<RowData> rows = new BatchRows(layout, path -> 0).of(batch);
    assertThat(rows).hasSameSizeAs(expected);
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < keys.size(); i++) {
        AnyValue value = AnyValues.parse(expected.get(row).get(keys.get(i)));
        Object actual = ((GenericRowData) rows.get(row)).getField(i);
        if (!Objects.deepEquals(actual, expected(form, value))) {
          assertThat(actual)
              .as("%s, row %d, %s.%s as %s", where, row, owner, keys.get(i), form)
              .isEqualTo(expected(form, value));
        }
      }
    }
    return rows.size() * keys.size();
  }

  /** The first value of each key. */
  private static Map<String, byte[]> attributes(RowData row, RowType type, String owner) {
    int dot = owner.indexOf('.');
    ArrayData pairs;
    if (dot < 0) {
      int index = type.getFieldIndex(owner);
      pairs = row.isNullAt(index) ? null : row.getArray(index);
    } else {
      RowType inner = (RowType) type.getTypeAt(type.getFieldIndex(owner.substring(0, dot)));
      pairs =
          row.getRow(type.getFieldIndex(owner.substring(0, dot)), inner.getFieldCount())
              .getArray(inner.getFieldIndex("attributes"));
    }
    Map<String, byte[]> first = new LinkedHashMap<>();
    for (int i = 0; pairs != null && i < pairs.size(); i++) {
      RowData pair = pairs.getRow(i, 2);
      byte[] value = pair.isNullAt(1) ? null : pair.getBinary(1);
      if (!first.containsKey(pair.getString(0).toString())) {
        first.put(pair.getString(0).toString(), value);
      }
    }
    return first;
  }

  private static Object expected(AttributeForm form, AnyValue value) {
    return switch (form) {
      case TEXT -> StringData.fromString(ValueText.of(value));
      case VARIANT -> ValueVariant.of(value);
      case INT -> value.hasIntValue() ? value.getIntValue() : null;
      case DOUBLE -> number(value);
      case BOOL -> value.hasBoolValue() ? value.getBoolValue() : null;
      case BYTES -> value.hasBytesValue() ? value.getBytesValue().toByteArray() : null;
    };
  }

  private static Double number(AnyValue value) {
    if (value.hasIntValue()) {
      return (double) value.getIntValue();
    }
    return value.hasDoubleValue() ? value.getDoubleValue() : null;
  }
}

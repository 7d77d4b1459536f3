/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.OtapTable;
import io.otap.core.batch.Vector;
import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import io.otap.core.otlp.OtlpFiles;
import io.otap.flink.table.model.AttributeForm;
import io.otap.flink.table.model.RequiredColumns;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.ValueForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever of a batch a layout does not name may be absent. */
class RequiredColumnsTest {

  @ParameterizedTest
  @EnumSource(SignalTable.class)
  void rowsAreTheSameWithoutTheRest(SignalTable table) throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      ValueForm form = ValueForm.values()[random.nextInt(3)];
      RowType type = table.rowType(form);
      RowLayout layout =
          RowLayout.of(table, type, paths(type, random)).withMetadata(attributes(random));
      for (OtapBatch batch : OtlpFiles.decode(TestRequests.of(table, seed))) {
        OtapBatch reduced = reduced(batch, RequiredColumns.of(layout));
        assertThat(new BatchRows(layout, path -> 0).of(reduced))
            .as("seed %d, layout %s", seed, layout)
            .isEqualTo(new BatchRows(layout, path -> 0).of(batch));
      }
    }
  }

  @Test
  void withoutAttributesNoAttributeTableIsOpened() {
    RowType type = SignalTable.LOGS.rowType(ValueForm.TEXT);
    int severity = type.getFieldIndex("severity_text");
    int resource = type.getFieldIndex("resource");
    Map<PayloadType, Set<Column>> required =
        RequiredColumns.of(RowLayout.of(SignalTable.LOGS, type, new int[][] {{severity}}));
    assertThat(required.keySet()).isEqualTo(EnumSet.of(PayloadType.LOGS));
    assertThat(required.get(PayloadType.LOGS))
        .containsExactly(PayloadType.LOGS.column("severity_text"));
    assertThat(
            RequiredColumns.of(RowLayout.of(SignalTable.LOGS, type, new int[][] {{resource, 0}}))
                .keySet())
        .isEqualTo(EnumSet.of(PayloadType.LOGS, PayloadType.RESOURCE_ATTRS));
    assertThat(tablesOf("attributes.k"))
        .isEqualTo(EnumSet.of(PayloadType.LOGS, PayloadType.LOG_ATTRS));
    assertThat(tablesOf("resource.attributes.k"))
        .isEqualTo(EnumSet.of(PayloadType.LOGS, PayloadType.RESOURCE_ATTRS));
    assertThat(tablesOf("scope.attributes.k"))
        .isEqualTo(EnumSet.of(PayloadType.LOGS, PayloadType.SCOPE_ATTRS));
  }

  /** Those that the column of one attribute of logs takes. */
  private static Set<PayloadType> tablesOf(String key) {
    RowLayout layout = new RowLayout(SignalTable.LOGS, List.of());
    return RequiredColumns.of(layout.withMetadata(Map.of(key, AttributeForm.TEXT.type()))).keySet();
  }

  /** Some columns, and fields inside of some. */
  private static int[][] paths(RowType type, Random random) {
    List<int[]> paths = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      LogicalType column = type.getTypeAt(i);
      if (random.nextInt(4) == 0) {
        paths.add(
            column instanceof RowType row && random.nextBoolean()
                ? new int[] {i, random.nextInt(row.getFieldCount())}
                : new int[] {i});
      }
    }
    Collections.shuffle(paths, random);
    return paths.toArray(int[][]::new);
  }

  private static Map<String, LogicalType> attributes(Random random) {
    Map<String, LogicalType> attributes = new LinkedHashMap<>();
    for (String owner : List.of("attributes.", "resource.attributes.", "scope.attributes.")) {
      AttributeForm[] forms = AttributeForm.values();
      if (random.nextInt(4) == 0) {
        attributes.put(owner + "k", forms[random.nextInt(forms.length)].type());
      }
    }
    return attributes;
  }

  private static OtapBatch reduced(OtapBatch batch, Map<PayloadType, Set<Column>> required) {
    List<OtapTable> tables = new ArrayList<>();
    for (OtapTable table : batch.tables()) {
      Set<Column> kept = required.get(table.type());
      if (kept != null) {
        List<Column> columns = table.type().columns();
        Vector[] vectors = new Vector[columns.size()];
        kept.forEach(column -> vectors[column.index()] = table.vector(column));
        tables.add(new OtapTable(table.type(), table.rows(), vectors));
      }
    }
    return new OtapBatch(batch.signal(), tables, batch.origin(), null, null);
  }
}

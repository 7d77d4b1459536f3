/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.model;

import io.otap.core.model.Column;
import io.otap.core.model.PayloadType;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The tables and columns that rows of a layout are made from; all others may be absent from a
 * batch, and the rows are the same.
 */
@Internal
public final class RequiredColumns {

  private final Map<PayloadType, Set<Column>> columns = new EnumMap<>(PayloadType.class);

  private RequiredColumns() {}

  /** What a layout takes. A table that is not in it need not be opened. */
  public static Map<PayloadType, Set<Column>> of(RowLayout layout) {
    RequiredColumns required = new RequiredColumns();
    PayloadType root = layout.table().signal().root();
    required.columns.put(root, new LinkedHashSet<>());
    List<PayloadType> points = List.of();
    if (layout.table() == SignalTable.METRICS) {
      points = root.children().stream().filter(t -> t.eventTime() != null).toList();
      required.add(root, "metric_type");
      points.forEach(table -> required.addChild(root, table));
    }
    for (RowLayout.Field field : layout.fields()) {
      if (!field.metadata()) {
        TableColumn column = layout.column(field);
        List<PayloadType> tables = column.ofPoints() ? points : List.of(root);
        tables.forEach(table -> required.add(column, field.type(), table));
      }
    }
    return required.columns;
  }

  private void add(TableColumn column, LogicalType declared, PayloadType table) {
    Content content = column.content();
    if (content instanceof Content.Value value) {
      add(table, value.path());
    } else if (content instanceof Content.FilledId id) {
      add(table, id.path());
    } else if (content instanceof Content.Code code) {
      add(table, code.path());
    } else if (content instanceof Content.Number) {
      add(table, "int_value");
      add(table, "double_value");
    } else if (content instanceof Content.SpanEnd) {
      add(table, "start_time_unix_nano");
      add(table, "duration_time_unix_nano");
    } else if (content instanceof Content.EventTime times) {
      times.paths().forEach(path -> add(table, path));
    } else if (content instanceof Content.AnyValue any) {
      addAll(table, any.prefix());
    } else if (content instanceof Content.Attributes || content instanceof Content.Attribute) {
      child(table, "_attrs").forEach(attributes -> addAttributes(table, attributes));
    } else if (content instanceof Content.SharedAttributes shared) {
      add(table, shared.idPath());
      addAll(shared.table(), "");
    } else if (content instanceof Content.SharedAttribute shared) {
      add(table, shared.idPath());
      addAll(shared.table(), "");
    } else if (content instanceof Content.Shared shared) {
      add(table, shared.idPath());
      addFields(column, (RowType) declared, table);
    } else if (content instanceof Content.Children children) {
      RowType item = (RowType) ((ArrayType) declared).getElementType();
      child(table, children.folderEnd())
          .forEach(
              rows -> {
                addChild(table, rows);
                addFields(column, item, rows);
              });
    } else {
      add(table, "quantile.quantile");
      add(table, "quantile.value");
    }
  }

  private void addFields(TableColumn column, RowType declared, PayloadType table) {
    declared
        .getFields()
        .forEach(field -> add(column.field(field.getName()), field.getType(), table));
  }

  private void addAttributes(PayloadType parent, PayloadType attributes) {
    addChild(parent, attributes);
    addAll(attributes, "");
  }

  private void addChild(PayloadType parent, PayloadType child) {
    add(parent, "id");
    add(child, "parent_id");
  }

  private void addAll(PayloadType table, String prefix) {
    table.columns().stream()
        .map(Column::path)
        .filter(path -> path.startsWith(prefix))
        .forEach(path -> add(table, path));
  }

  /** Adds a column if the table has it: not all kinds of points have all columns of points. */
  private void add(PayloadType table, String path) {
    Column column = table.find(path);
    if (column != null) {
      columns.computeIfAbsent(table, t -> new LinkedHashSet<>()).add(column);
    }
  }

  private static Stream<PayloadType> child(PayloadType table, String folderEnd) {
    return table.children().stream().filter(child -> child.folder().endsWith(folderEnd));
  }
}

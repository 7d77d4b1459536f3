/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.push;

import io.otap.core.model.MetricType;
import io.otap.core.model.PayloadType;
import io.otap.core.select.ReadSelection;
import io.otap.flink.table.model.Content;
import io.otap.flink.table.model.MetadataColumn;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.model.TableColumn;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** What rows of a layout need of a tree: the tables, and the columns of the root table. */
@Internal
public final class WantedContent {

  private final SignalTable table;
  private final Set<PayloadType> tables = EnumSet.noneOf(PayloadType.class);
  private final Set<String> fields = new HashSet<>();

  private WantedContent(SignalTable table) {
    this.table = table;
  }

  /**
   * @param eventTime whether batches are to have an event time
   */
  public static ReadSelection of(RowLayout layout, boolean eventTime) {
    WantedContent wanted = new WantedContent(layout.table());
    PayloadType root = layout.table().signal().root();
    List<PayloadType> points = List.of();
    if (layout.table() == SignalTable.METRICS) {
      points =
          Arrays.stream(MetricType.values())
              .map(MetricType::points)
              .filter(Objects::nonNull)
              .distinct()
              .toList();
      wanted.tables.addAll(points);
      wanted.fields.add("metric_type");
    }
    if (eventTime && root.eventTime() != null) {
      wanted.fields.add("time_unix_nano");
      wanted.fields.add("observed_time_unix_nano");
      wanted.fields.add("start_time_unix_nano");
    }
    for (RowLayout.Field field : layout.fields()) {
      if (field.metadata()) {
        wanted.add(MetadataColumn.ofKey(field.path().get(0)));
      } else {
        TableColumn column = layout.column(field);
        wanted.add(column, field.type(), column.ofPoints() ? points : List.of(root));
      }
    }
    return ReadSelection.ALL.withTables(wanted.tables).withFields(wanted.fields);
  }

  private void add(MetadataColumn column) {
    if (column == MetadataColumn.RECOVERY_CLASS) {
      tables.add(PayloadType.RESOURCE_ATTRS);
      tables.add(PayloadType.SCOPE_ATTRS);
    }
  }

  /**
   * @param owners the tables whose rows the column is about
   */
  private void add(TableColumn column, LogicalType declared, List<PayloadType> owners) {
    Content content = column.content();
    if (content instanceof Content.SharedAttributes shared) {
      tables.add(shared.table());
    } else if (content instanceof Content.SharedAttribute shared) {
      tables.add(shared.table());
    } else if (content instanceof Content.Attributes || content instanceof Content.Attribute) {
      children(owners, "_attrs");
    } else if (content instanceof Content.Children children) {
      List<PayloadType> rows = children(owners, children.folderEnd());
      add(((ArrayType) declared).getElementType(), rows, children.fields());
    } else if (content instanceof Content.Shared shared) {
      add(declared, owners, shared.fields());
    } else if (owners.contains(table.signal().root())) {
      addFields(content);
    }
  }

  private void add(LogicalType declared, List<PayloadType> owners, List<TableColumn> fields) {
    RowType row = (RowType) declared;
    for (TableColumn field : fields) {
      int index = row.getFieldIndex(field.name());
      if (index >= 0) {
        add(field, row.getTypeAt(index), owners);
      }
    }
  }

  private List<PayloadType> children(List<PayloadType> owners, String folderEnd) {
    List<PayloadType> children =
        owners.stream()
            .flatMap(owner -> owner.children().stream())
            .filter(child -> child.folder().endsWith(folderEnd))
            .toList();
    tables.addAll(children);
    return children;
  }

  private void addFields(Content content) {
    if (content instanceof Content.Value value) {
      field(value.path());
    } else if (content instanceof Content.FilledId id) {
      field(id.path());
    } else if (content instanceof Content.Code code) {
      field(code.path());
    } else if (content instanceof Content.EventTime times) {
      times.paths().forEach(this::field);
    } else if (content instanceof Content.AnyValue any) {
      field(any.prefix());
    } else if (content instanceof Content.SpanEnd) {
      field("start_time_unix_nano");
      field("duration_time_unix_nano");
    }
  }

  private void field(String path) {
    int dot = path.indexOf('.');
    fields.add(dot < 0 ? path : path.substring(0, dot));
  }
}

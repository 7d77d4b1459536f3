/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.read;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.Aggregate;
import io.otap.flink.table.model.Grouping;
import io.otap.flink.table.model.RowLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * The groups of a batch's records as rows: keys, then aggregates. It goes from column to column,
 * with the number of its group for each record.
 */
@Internal
public final class BatchGroups implements BatchToRows {

  private final Grouping grouping;
  private final RowLayout layout;

  /**
   * @param grouping of a table with a row for each record
   */
  public BatchGroups(Grouping grouping) {
    this.grouping = grouping;
    this.layout = grouping.layout();
  }

  @Override
  public List<RowData> of(OtapBatch batch) throws OtapException {
    ColumnReaders columns = new ColumnReaders(batch);
    FieldReader[] keys = new FieldReader[grouping.keys().size()];
    Groups groups = Groups.one(batch.rows());
    for (int i = 0; i < keys.length; i++) {
      keys[i] = reader(grouping.keys().get(i), columns, batch);
      groups = groups.by(new ValueNumbers(keys[i]));
    }
    List<RowData> rows = new ArrayList<>(groups.count());
    for (int first : groups.firstRows()) {
      GenericRowData row = new GenericRowData(keys.length + grouping.aggregates().size());
      for (int i = 0; i < keys.length; i++) {
        row.setField(i, keys[i].read(first));
      }
      rows.add(row);
    }
    int field = keys.length;
    for (Aggregate aggregate : grouping.aggregates()) {
      FieldReader of = aggregate.of() == null ? null : reader(aggregate.of(), columns, batch);
      Object[] results = GroupAggregates.of(groups, aggregate, of);
      for (int group = 0; group < results.length; group++) {
        ((GenericRowData) rows.get(group)).setField(field, results[group]);
      }
      field++;
    }
    return rows;
  }

  private FieldReader reader(RowLayout.Field field, ColumnReaders columns, OtapBatch batch)
      throws OtapException {
    return columns.of(layout.column(field), field.type(), batch.root());
  }
}

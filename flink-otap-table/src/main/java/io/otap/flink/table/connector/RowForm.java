/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.assemble.CutSlices;
import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.scan.SplitPlan;
import io.otap.flink.source.reader.CutForm;
import io.otap.flink.source.reader.CutRecords;
import io.otap.flink.table.model.Grouping;
import io.otap.flink.table.model.RowLayout;
import io.otap.flink.table.read.BatchGroups;
import io.otap.flink.table.read.BatchRows;
import io.otap.flink.table.read.BatchToRows;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.RowData;

/** A cut becomes rows of a SQL table, joined in the reader. */
@Internal
public final class RowForm implements CutForm<RowData> {

  private static final long serialVersionUID = 1L;

  private final RowLayout layout;
  private final Grouping grouping;
  private final TypeInformation<RowData> type;
  private final boolean tellsEventTime;
  private transient BatchToRows rows;

  /**
   * @param grouping of the rows, which are given in groups then; or null
   * @param tellsEventTime false if somebody else makes watermarks
   */
  RowForm(
      RowLayout layout, Grouping grouping, TypeInformation<RowData> type, boolean tellsEventTime) {
    this.layout = layout;
    this.grouping = grouping;
    this.type = type;
    this.tellsEventTime = tellsEventTime;
  }

  @Override
  public TypeInformation<RowData> type() {
    return type;
  }

  @Override
  public CutRecords<RowData> records(SplitPlan plan, CutSlices cut, long position)
      throws IOException {
    if (rows == null) {
      rows =
          grouping == null
              ? new BatchRows(layout, new ModificationTimes())
              : new BatchGroups(grouping);
    }
    OtapBatch batch = cut.join(plan.signal(), plan.options().validateRelations());
    return new CutRecords<>(
        rows.of(batch),
        batch,
        EventTime.smallestMillis(batch),
        batch.rows(),
        batch.bytes(),
        position);
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public boolean tellsEventTime() {
    return tellsEventTime;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.SplitPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes of the rows of a cut the slices that are sent. */
@Internal
public final class SliceCutter {

  /** Rows of a child slice at most. */
  public static final int MAX_ROWS = 16_384;

  private SliceCutter() {}

  /** The slices of a cut of this split: parents before children, the closing one last. */
  public static List<OtapSlice> slices(SplitPlan plan, CutSlices cut) {
    CutHead head = new CutHead(plan.id(), plan.signal(), cut.cut(), eventTime(plan, cut));
    List<OtapSlice> slices = new ArrayList<>();
    Map<PayloadType, Integer> counts = new EnumMap<>(PayloadType.class);
    cut.children()
        .forEach(
            (table, read) -> {
              int sequence = 0;
              for (Slice slice : read) {
                int rows = slice.rows().rows();
                for (int from = 0; from < rows; from += MAX_ROWS) {
                  OtapTable part = slice.rows().slice(from, Math.min(rows, from + MAX_ROWS));
                  slices.add(new ChildSlice(head, sequence++, slice.file(), part));
                }
              }
              if (sequence > 0) {
                counts.put(table, sequence);
              }
            });
    slices.add(
        new ClosingSlice(head, cut.root(), counts, cut.lost(), plan.options().validateRelations()));
    return slices;
  }

  private static long eventTime(SplitPlan plan, CutSlices cut) {
    List<OtapTable> tables = new ArrayList<>(List.of(cut.root().rows()));
    cut.children().values().forEach(read -> read.forEach(slice -> tables.add(slice.rows())));
    return EventTime.smallestMillis(plan.signal(), tables).orElse(CutHead.NO_TIME);
  }
}

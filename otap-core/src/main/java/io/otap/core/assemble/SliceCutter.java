/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.annotation.Internal;
import io.otap.core.batch.BinaryVector;
import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapTable;
import io.otap.core.model.Column;
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

  /** Bytes of values after which a child slice ends. */
  private static final long MAX_BYTES = 1 << 20;

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
                for (int from = 0, to; from < rows; from = to) {
                  to = end(slice.rows(), from);
                  OtapTable part = slice.rows().slice(from, to);
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

  /** Behind the last row of the slice that begins here. */
  private static int end(OtapTable table, int from) {
    int most = Math.min(table.rows(), from + MAX_ROWS);
    if (table.bytes() <= MAX_BYTES) {
      return most;
    }
    long bytes = 0;
    int end = from;
    while (end < most && (end == from || bytes <= MAX_BYTES)) {
      bytes += bytes(table, end++);
    }
    return end;
  }

  /** Of the values that differ in size. */
  private static long bytes(OtapTable table, int row) {
    long bytes = 0;
    for (Column column : table.type().columns()) {
      if (table.vector(column) instanceof BinaryVector values) {
        bytes += values.size(row);
      }
    }
    return bytes;
  }

  private static long eventTime(SplitPlan plan, CutSlices cut) {
    List<OtapTable> tables = new ArrayList<>(List.of(cut.root().rows()));
    cut.children().values().forEach(read -> read.forEach(slice -> tables.add(slice.rows())));
    return EventTime.smallestMillis(plan.signal(), tables).orElse(CutHead.NO_TIME);
  }
}

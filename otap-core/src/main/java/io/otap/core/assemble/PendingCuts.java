/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.scan.SplitPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Child rows that wait in the reader until their cut is complete, within its memory. */
final class PendingCuts implements SliceSink {

  private final SplitPlan plan;
  private final Map<Integer, Map<PayloadType, List<Slice>>> cuts = new HashMap<>();
  private final Map<PayloadType, Long> orphans = new EnumMap<>(PayloadType.class);
  private long bytes;

  PendingCuts(SplitPlan plan) {
    this.plan = plan;
  }

  @Override
  public void slice(int cut, PayloadType type, Slice slice) throws OtapException {
    cuts.computeIfAbsent(cut, c -> new EnumMap<>(PayloadType.class))
        .computeIfAbsent(type, t -> new ArrayList<>())
        .add(slice);
    bytes += slice.rows().exclusiveBytes();
    if (bytes > plan.options().readerMemory()) {
      throw OtapException.of(
              OtapErrorKind.RECONSTRUCTION,
              "rows of "
                  + cuts.size()
                  + " batches wait for their parents and need more than source.reader-memory = "
                  + plan.options().readerMemory()
                  + " bytes; give the option a larger value")
          .at(new Place(plan.root().partition(), type.folder(), slice.file(), null, -1));
    }
  }

  @Override
  public void orphans(PayloadType type, String file, long parentId, long rows)
      throws OtapException {
    if (plan.options().validateRelations()) {
      throw BatchJoin.orphan(type, plan.root().partition(), file, parentId);
    }
    orphans.merge(type, rows, Long::sum);
  }

  Map<PayloadType, List<Slice>> take(int cut) {
    Map<PayloadType, List<Slice>> taken = cuts.remove(cut);
    if (taken == null) {
      return Map.of();
    }
    for (List<Slice> slices : taken.values()) {
      for (Slice slice : slices) {
        bytes -= slice.rows().exclusiveBytes();
      }
    }
    return taken;
  }

  Map<PayloadType, Long> takeOrphans() {
    Map<PayloadType, Long> taken = new EnumMap<>(PayloadType.class);
    taken.putAll(orphans);
    orphans.clear();
    return taken;
  }
}

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
  private List<OrphanRows> orphans = new ArrayList<>();
  private long bytes;

  PendingCuts(SplitPlan plan) {
    this.plan = plan;
  }

  @Override
  public void slice(int cut, PayloadType type, Slice slice) throws OtapException {
    cuts.computeIfAbsent(cut, c -> new EnumMap<>(PayloadType.class))
        .computeIfAbsent(type, t -> new ArrayList<>())
        .add(slice);
    hold(type, slice);
  }

  @Override
  public void waits(PayloadType type, Slice slice) throws OtapException {
    hold(type, slice);
  }

  @Override
  public void resumes(Slice slice) {
    bytes -= slice.rows().exclusiveBytes();
  }

  private void hold(PayloadType type, Slice slice) throws OtapException {
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
  public void orphans(OrphanRows rows) throws OtapException {
    if (plan.options().validateRelations()) {
      throw BatchJoin.orphan(
          rows.table(), plan.root().partition(), rows.file(), rows.parentIds()[0]);
    }
    orphans.add(rows);
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

  List<OrphanRows> takeOrphans() {
    List<OrphanRows> taken = orphans;
    orphans = new ArrayList<>();
    return taken;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutHead;
import io.otap.core.assemble.CutSlices;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.SliceCutter;
import io.otap.core.scan.SplitPlan;
import io.otap.flink.source.slice.OtapSliceTypeInfo;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A cut becomes slices, to be joined elsewhere. */
@Internal
public final class SliceForm implements CutForm<OtapSlice> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeInformation<OtapSlice> type() {
    return OtapSliceTypeInfo.INSTANCE;
  }

  @Override
  public CutRecords<OtapSlice> records(SplitPlan plan, CutSlices cut, long position) {
    List<OtapSlice> slices = SliceCutter.slices(plan, cut);
    CutHead head = slices.get(0).head();
    return new CutRecords<>(
        slices,
        null,
        head.hasEventTime() ? OptionalLong.of(head.eventTime()) : OptionalLong.empty(),
        cut.root().rows().rows(),
        cut.bytes(),
        position);
  }

  @Override
  public boolean carriesLateRows() {
    return true;
  }

  @Override
  public List<OtapSlice> lateRows(LateSlice rows) {
    return List.of(rows);
  }

  /** Slices are counted as the batches that they become. */
  @Override
  public boolean joins() {
    return false;
  }
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.assemble.CutSlices;
import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.scan.SplitPlan;
import io.otap.flink.source.batch.OtapBatchTypeInfo;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A cut becomes a batch, joined in the reader. */
@Internal
public final class BatchForm implements CutForm<OtapBatch> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeInformation<OtapBatch> type() {
    return OtapBatchTypeInfo.INSTANCE;
  }

  @Override
  public CutRecords<OtapBatch> records(SplitPlan plan, CutSlices cut, long position)
      throws IOException {
    OtapBatch batch = cut.join(plan.signal(), plan.options().validateRelations());
    return new CutRecords<>(
        List.of(batch),
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
}

/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.assemble.CutSlices;
import io.otap.core.batch.LogCursor;
import io.otap.core.batch.OtapBatch;
import io.otap.core.scan.SplitPlan;
import io.otap.flink.source.reader.BatchForm;
import io.otap.flink.source.reader.CutForm;
import io.otap.flink.source.reader.CutRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** A cut of logs becomes their bodies. */
final class BodyForm implements CutForm<String> {

  private static final long serialVersionUID = 1L;

  private final BatchForm batches = new BatchForm();

  @Override
  public TypeInformation<String> type() {
    return Types.STRING;
  }

  @Override
  public CutRecords<String> records(SplitPlan plan, CutSlices cut, long position)
      throws IOException {
    CutRecords<OtapBatch> batch = batches.records(plan, cut, position);
    List<String> bodies = new ArrayList<>();
    LogCursor logs = LogCursor.of(batch.records().get(0));
    while (logs.next()) {
      bodies.add(logs.bodyString());
    }
    return new CutRecords<>(bodies, null, batch.time(), batch.rows(), batch.bytes(), position);
  }

  @Override
  public boolean joins() {
    return false;
  }
}

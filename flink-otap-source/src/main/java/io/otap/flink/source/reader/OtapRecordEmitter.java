/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.source.split.OtapSplitState;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/** Emits batches with their smallest event time, then moves the position of the split. */
@Internal
public final class OtapRecordEmitter
    implements RecordEmitter<PositionedBatch, OtapBatch, OtapSplitState> {

  private final Counter recordsIn;

  public OtapRecordEmitter(SourceReaderMetricGroup metrics) {
    this.recordsIn = metrics.getIOMetricGroup().getNumRecordsInCounter();
  }

  @Override
  public void emitRecord(
      PositionedBatch element, SourceOutput<OtapBatch> output, OtapSplitState split) {
    OtapBatch batch = element.batch();
    OptionalLong time = EventTime.smallestMillis(batch);
    if (time.isPresent()) {
      output.collect(batch, time.getAsLong());
    } else {
      output.collect(batch);
    }
    // The base class has counted the batch as one record.
    recordsIn.inc(batch.rows() - 1L);
    split.moveTo(element.position());
  }
}

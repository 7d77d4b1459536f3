/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import io.otap.flink.source.metrics.BatchCounters;
import io.otap.flink.source.split.OtapSplitState;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Emits all records of a cut with its smallest event time, then moves the position of the split. No
 * checkpoint falls between them.
 */
@Internal
public final class OtapRecordEmitter<T> implements RecordEmitter<CutRecords<T>, T, OtapSplitState> {

  private final Counter recordsIn;
  private final BatchCounters batches;
  private final boolean tellsEventTime;

  public OtapRecordEmitter(SourceReaderMetricGroup metrics, CutForm<T> form) {
    this.recordsIn = metrics.getIOMetricGroup().getNumRecordsInCounter();
    this.batches = form.joins() ? new BatchCounters(metrics) : null;
    this.tellsEventTime = form.tellsEventTime();
  }

  @Override
  public void emitRecord(CutRecords<T> cut, SourceOutput<T> output, OtapSplitState split) {
    if (tellsEventTime) {
      split.takeWatermark().ifPresent(millis -> output.emitWatermark(new Watermark(millis)));
    }
    if (batches != null) {
      batches.count(cut.batch());
    }
    for (T emitted : cut.records()) {
      if (cut.time().isPresent()) {
        output.collect(emitted, cut.time().getAsLong());
      } else {
        output.collect(emitted);
      }
    }
    // The base class has counted the cut as one record.
    recordsIn.inc(cut.rows() - 1L);
    split.moveTo(cut.position());
  }
}

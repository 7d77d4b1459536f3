/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.record;

import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.flink.source.metrics.SourceMetric;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Cuts batches into single records, each with its own event time. One without is counted and has
 * that of its batch.
 */
@Internal
public final class OtapRecordSplitter extends AbstractStreamOperator<OtapBatch>
    implements OneInputStreamOperator<OtapBatch, OtapBatch> {

  private static final long serialVersionUID = 1L;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private transient Counter withoutTime;

  @Override
  public void open() throws Exception {
    super.open();
    withoutTime = SourceMetric.RECORDS_WITHOUT_TIME.counter(getMetricGroup());
  }

  @Override
  public void processElement(StreamRecord<OtapBatch> element) throws OtapException {
    OtapBatch batch = element.getValue();
    split(batch, EventTime.nanos(batch), 0, element);
  }

  /** In halves: to take each record out of the whole would look at all rows for each. */
  private void split(OtapBatch part, long[] times, int first, StreamRecord<OtapBatch> whole) {
    if (part.rows() > 1) {
      int half = part.rows() / 2;
      split(part.filter(row -> row < half), times, first, whole);
      split(part.filter(row -> row >= half), times, first + half, whole);
    } else if (part.rows() == 1) {
      emit(part, times[first], whole);
    }
  }

  private void emit(OtapBatch record, long nanos, StreamRecord<OtapBatch> whole) {
    if (nanos != 0) {
      output.collect(new StreamRecord<>(record, Long.divideUnsigned(nanos, NANOS_PER_MILLI)));
      return;
    }
    withoutTime.inc();
    output.collect(
        whole.hasTimestamp()
            ? new StreamRecord<>(record, whole.getTimestamp())
            : new StreamRecord<>(record));
  }
}

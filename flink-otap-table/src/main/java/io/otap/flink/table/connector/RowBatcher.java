/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.flink.table.model.SignalTable;
import io.otap.flink.table.write.RowBatchBuilder;
import org.apache.flink.annotation.Internal;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Puts rows together to batches. It has no state: what waits goes on before each checkpoint, and
 * when the input ends.
 */
@Internal
public final class RowBatcher extends AbstractStreamOperator<OtapBatch>
    implements OneInputStreamOperator<RowData, OtapBatch>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private final SignalTable table;
  private final RowType declared;
  private final BatchLimits limits;
  private transient RowBatchBuilder batch;
  private transient long batches;

  /**
   * @param declared the columns of the rows, which were checked
   */
  public RowBatcher(SignalTable table, RowType declared, BatchLimits limits) {
    this.table = table;
    this.declared = declared;
    this.limits = limits;
  }

  @Override
  public void processElement(StreamRecord<RowData> element) throws OtapException {
    if (batch == null) {
      batch = new RowBatchBuilder(table, declared);
      flushLater(batches);
    }
    batch.add(element.getValue());
    if (batch.rows() >= limits.rows() || batch.bytes() >= limits.bytes()) {
      flush();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  private void flushLater(long number) {
    long now = getProcessingTimeService().getCurrentProcessingTime();
    getProcessingTimeService()
        .registerTimer(
            now + limits.delayMillis(),
            time -> {
              if (batches == number) {
                flush();
              }
            });
  }

  private void flush() {
    if (batch != null) {
      output.collect(new StreamRecord<>(batch.build()));
      batch = null;
      batches++;
    }
  }
}

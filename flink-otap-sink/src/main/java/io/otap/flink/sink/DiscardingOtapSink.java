/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink;

import io.otap.core.batch.OtapBatch;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;

/**
 * Takes batches and keeps none: to measure a source. Records and bytes are counted as sent.
 *
 * <pre>{@code
 * batches.sinkTo(new DiscardingOtapSink());
 * }</pre>
 */
@PublicEvolving
public final class DiscardingOtapSink implements Sink<OtapBatch> {

  private static final long serialVersionUID = 1L;

  @Override
  public SinkWriter<OtapBatch> createWriter(WriterInitContext context) {
    return new CountingWriter(
        context.metricGroup().getNumRecordsSendCounter(),
        context.metricGroup().getNumBytesSendCounter());
  }

  private record CountingWriter(Counter records, Counter bytes) implements SinkWriter<OtapBatch> {

    @Override
    public void write(OtapBatch batch, Context context) {
      records.inc(batch.rows());
      bytes.inc(batch.bytes());
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}

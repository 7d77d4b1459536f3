/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * The output of a reader, on which the output of a split is idle before it is released. Otherwise
 * the watermark of the last split would hold event time back for as long as the reader has no
 * other.
 */
final class SplitOutputs<T> implements ReaderOutput<T> {

  private final ReaderOutput<T> output;

  SplitOutputs(ReaderOutput<T> output) {
    this.output = output;
  }

  /** What is read of the split has no event time. */
  void markSplitIdle(String splitId) {
    output.createOutputForSplit(splitId).markIdle();
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    markSplitIdle(splitId);
    output.releaseOutputForSplit(splitId);
  }

  @Override
  public SourceOutput<T> createOutputForSplit(String splitId) {
    return output.createOutputForSplit(splitId);
  }

  @Override
  public void collect(T record) {
    output.collect(record);
  }

  @Override
  public void collect(T record, long timestamp) {
    output.collect(record, timestamp);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    output.emitWatermark(watermark);
  }

  @Override
  public void markIdle() {
    output.markIdle();
  }

  @Override
  public void markActive() {
    output.markActive();
  }
}

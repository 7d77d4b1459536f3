/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.reader;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.streaming.api.operators.source.TimestampsAndWatermarks;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.clock.SystemClock;

/** What a task downstream is told of event time, as Flink makes it of what a reader tells. */
final class StatusOutput<T> implements DataOutput<T> {

  private final List<Object> told = new ArrayList<>();

  /** Watermarks and changes of the status, in their order. */
  List<Object> told() {
    return told;
  }

  ReaderOutput<T> readerOutput() {
    return TimestampsAndWatermarks.<T>createProgressiveEventTimeLogic(
            WatermarkStrategy.noWatermarks(),
            UnregisteredMetricGroups.createUnregisteredTaskMetricGroup(),
            new TestProcessingTimeService(),
            0,
            SystemClock.getInstance(),
            SystemClock.getInstance(),
            UnregisteredMetricGroups.createUnregisteredTaskMetricGroup().getIOMetricGroup())
        .createMainOutput(this, new NoListener());
  }

  @Override
  public void emitRecord(StreamRecord<T> record) {}

  @Override
  public void emitWatermark(org.apache.flink.streaming.api.watermark.Watermark watermark) {
    told.add(new Watermark(watermark.getTimestamp()));
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {
    told.add(status);
  }

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {}

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {}

  @Override
  public void emitWatermark(WatermarkEvent watermark) {}

  private static final class NoListener implements TimestampsAndWatermarks.WatermarkUpdateListener {

    @Override
    public void updateIdle(boolean idle) {}

    @Override
    public void updateCurrentEffectiveWatermark(long watermark) {}

    @Override
    public void updateCurrentSplitWatermark(String splitId, long watermark) {}

    @Override
    public void updateCurrentSplitIdle(String splitId, boolean idle) {}

    @Override
    public void splitFinished(String splitId) {}
  }
}

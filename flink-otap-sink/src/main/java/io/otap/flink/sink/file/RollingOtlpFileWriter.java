/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpBuffer;
import io.otap.flink.sink.rolling.RolledFile;
import io.otap.flink.sink.rolling.RolledOutput;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.sink.rolling.StagedPart;
import io.otap.flink.sink.rolling.StagedStream;
import io.otap.flink.sink.rolling.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * Writes requests into files, one open file per signal. A file consists of a part for each
 * checkpoint; the parts are put together when it is published, so that one can go back to each of
 * these checkpoints without anything being cut off or appended to.
 */
@Internal
public final class RollingOtlpFileWriter
    implements CommittingSinkWriter<OtapBatch, RolledOutput>,
        StatefulSinkWriter<OtapBatch, OpenFile> {

  private final Staging staging;
  private final RollingPolicy policy;
  private final ProcessingTimeService clock;
  private final SinkWriterMetricGroup metrics;
  private final OtlpBuffer request = new OtlpBuffer();
  private final Map<Signal, Growing> growing = new EnumMap<>(Signal.class);
  private final List<RolledFile> complete = new ArrayList<>();
  private final List<String> spent = new ArrayList<>();

  /** Parts that were closed since the last checkpoint, which nothing else knows. */
  private final List<StagedPart> fresh = new ArrayList<>();

  /**
   * @param restored files that writers of an earlier attempt had begun
   */
  public RollingOtlpFileWriter(
      Staging staging,
      RollingPolicy policy,
      Collection<OpenFile> restored,
      ProcessingTimeService clock,
      SinkWriterMetricGroup metrics)
      throws IOException {
    this.staging = staging;
    this.policy = policy;
    this.clock = clock;
    this.metrics = metrics;
    for (OpenFile file : restored) {
      staging.require(file.parts());
      growing.computeIfAbsent(file.signal(), s -> new Growing(file)).add(file);
    }
  }

  @Override
  public void write(OtapBatch batch, Context context) throws IOException {
    if (batch.rows() == 0) {
      return;
    }
    long now = clock.getCurrentProcessingTime();
    Growing file = growing.computeIfAbsent(batch.signal(), s -> new Growing(now));
    if (file.open == null) {
      file.open = staging.create(batch.signal().id());
    }
    int size = request.encode(batch).writeDelimited(file.open);
    metrics.getNumBytesSendCounter().inc(size);
    metrics.getNumRecordsSendCounter().inc(batch.rows());
    file.touched = now;
    if (policy.isFull(file.bytes())) {
      file.closePart();
      fresh.add(file.parts.get(file.parts.size() - 1));
      complete(batch.signal());
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException {
    if (endOfInput) {
      for (Signal signal : List.copyOf(growing.keySet())) {
        growing.get(signal).closePart();
        complete(signal);
      }
    }
  }

  @Override
  public Collection<RolledOutput> prepareCommit() throws IOException {
    long now = clock.getCurrentProcessingTime();
    for (Signal signal : List.copyOf(growing.keySet())) {
      Growing file = growing.get(signal);
      file.closePart();
      if (policy.isDue(file.bytes(), file.opened, file.touched, now)) {
        complete(signal);
      }
    }
    fresh.clear();
    if (complete.isEmpty()) {
      return List.of();
    }
    RolledOutput output = new RolledOutput(complete, spent);
    complete.clear();
    spent.clear();
    return List.of(output);
  }

  @Override
  public List<OpenFile> snapshotState(long checkpointId) {
    List<OpenFile> state = new ArrayList<>();
    growing.forEach((signal, file) -> state.add(file.state(signal)));
    return state;
  }

  /** The file ends; what follows of the signal begins a new one. */
  private void complete(Signal signal) {
    Growing file = growing.remove(signal);
    boolean movable = file.parts.size() == 1 && !file.known;
    if (!movable) {
      file.parts.forEach(part -> spent.add(part.path()));
    }
    String stem = signal.id() + "-" + UUID.randomUUID();
    complete.add(new RolledFile("", stem, ResultFiles.EXTENSION, file.parts, movable));
  }

  @Override
  public void close() throws IOException {
    for (Growing file : growing.values()) {
      if (file.open != null) {
        file.open.discard();
      }
    }
    growing.clear();
    for (StagedPart part : fresh) {
      staging.discard(part);
    }
    fresh.clear();
  }

  /** A file that is not complete. */
  private static final class Growing {

    final List<StagedPart> parts = new ArrayList<>();
    StagedStream open;
    long opened;
    long touched;

    /** Whether a checkpoint knows parts of it. */
    boolean known;

    Growing(long now) {
      opened = now;
      touched = now;
    }

    Growing(OpenFile restored) {
      opened = restored.opened();
      touched = restored.touched();
    }

    void add(OpenFile restored) {
      known = true;
      parts.addAll(restored.parts());
      opened = Math.min(opened, restored.opened());
      touched = Math.max(touched, restored.touched());
    }

    long bytes() {
      return parts.stream().mapToLong(StagedPart::length).sum()
          + (open == null ? 0 : open.length());
    }

    void closePart() throws IOException {
      if (open != null) {
        parts.add(open.finish());
        open = null;
      }
    }

    OpenFile state(Signal signal) {
      known = true;
      return new OpenFile(signal, parts, opened, touched);
    }
  }
}

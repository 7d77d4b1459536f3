/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.file;

import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.OtlpBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.metrics.Counter;

/**
 * Writes requests into parts, one open part per signal. Parts end at checkpoints, so that the
 * writer has no state of its own.
 */
@Internal
public final class OtlpFileWriter implements CommittingSinkWriter<OtapBatch, OtlpFileCommittable> {

  private final Path staging;
  private final RecoverableWriter files;
  private final int subtask;
  private final long attempt;
  private final Counter recordsSent;
  private final Counter bytesSent;
  private final OtlpBuffer request = new OtlpBuffer();
  private final Map<Signal, PartWriter> open = new EnumMap<>(Signal.class);
  private int sequence;

  public OtlpFileWriter(Path staging, WriterInitContext context) throws IOException {
    this.staging = staging;
    this.subtask = context.getTaskInfo().getIndexOfThisSubtask();
    this.attempt = context.getRestoredCheckpointId().orElse(0);
    this.recordsSent = context.metricGroup().getNumRecordsSendCounter();
    this.bytesSent = context.metricGroup().getNumBytesSendCounter();
    staging.getFileSystem().mkdirs(staging);
    this.files = staging.getFileSystem().createRecoverableWriter();
  }

  @Override
  public void write(OtapBatch batch, Context context) throws IOException {
    if (batch.rows() == 0) {
      return;
    }
    PartWriter part = open.get(batch.signal());
    if (part == null) {
      part = new PartWriter(batch.signal(), nextPath(batch.signal()), files);
      open.put(batch.signal(), part);
    }
    bytesSent.inc(part.write(request.encode(batch)));
    recordsSent.inc(batch.rows());
  }

  @Override
  public void flush(boolean endOfInput) {
    // Parts are closed when they are committed.
  }

  @Override
  public Collection<OtlpFileCommittable> prepareCommit() throws IOException {
    if (open.isEmpty()) {
      return List.of();
    }
    List<PartFile> parts = new ArrayList<>(open.size());
    for (PartWriter part : open.values()) {
      parts.add(part.closeForCommit());
    }
    open.clear();
    return List.of(new OtlpFileCommittable(parts));
  }

  @Override
  public void close() throws IOException {
    for (PartWriter part : open.values()) {
      part.abort();
    }
    open.clear();
  }

  /** Names that sort by writer and time. A repeated attempt never meets the files of another. */
  private Path nextPath(Signal signal) {
    return new Path(
        staging,
        String.format(
            "%s-%05d-%010d-%06d-%s", signal.id(), subtask, attempt, sequence++, UUID.randomUUID()));
  }
}

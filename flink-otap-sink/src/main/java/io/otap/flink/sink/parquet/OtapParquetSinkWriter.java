/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.parquet;

import io.otap.core.batch.OtapBatch;
import io.otap.flink.sink.rolling.RolledFile;
import io.otap.flink.sink.rolling.RolledOutput;
import io.otap.flink.sink.rolling.RollingPolicy;
import io.otap.flink.sink.rolling.StagedPart;
import io.otap.flink.sink.rolling.Staging;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * Encodes batches into Parquet files that end all together. A Parquet file cannot be continued by
 * another attempt; so where files span checkpoints, the batches are also kept in a journal, from
 * which a restored writer encodes them again, into files of a new {@code _part_id}.
 */
@Internal
public final class OtapParquetSinkWriter
    implements CommittingSinkWriter<OtapBatch, RolledOutput>,
        StatefulSinkWriter<OtapBatch, OpenFiles> {

  private final Staging staging;
  private final OpenTrees trees;
  private final RollingPolicy policy;
  private final ProcessingTimeService clock;
  private final SinkWriterMetricGroup metrics;
  private final List<StagedPart> journals = new ArrayList<>();
  private final List<RolledFile> complete = new ArrayList<>();
  private final List<String> spent = new ArrayList<>();
  private BatchJournal journal;
  private boolean empty = true;
  private long opened;
  private long touched;

  /**
   * @param restored files that writers of an earlier attempt had begun
   */
  OtapParquetSinkWriter(
      Staging staging,
      OpenTrees trees,
      RollingPolicy policy,
      Collection<OpenFiles> restored,
      ProcessingTimeService clock,
      SinkWriterMetricGroup metrics)
      throws IOException {
    this.staging = staging;
    this.trees = trees;
    this.policy = policy;
    this.clock = clock;
    this.metrics = metrics;
    for (OpenFiles files : restored) {
      staging.require(files.journals());
    }
    try {
      for (OpenFiles files : restored) {
        restore(files);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void restore(OpenFiles files) throws IOException {
    for (StagedPart part : files.journals()) {
      BatchJournal.read(staging, part, trees::write);
    }
    journals.addAll(files.journals());
    opened = empty ? files.opened() : Math.min(opened, files.opened());
    touched = empty ? files.touched() : Math.max(touched, files.touched());
    empty = false;
  }

  @Override
  public void write(OtapBatch batch, Context context) throws IOException {
    if (batch.rows() == 0) {
      return;
    }
    touched = clock.getCurrentProcessingTime();
    if (empty) {
      empty = false;
      opened = touched;
    }
    trees.write(batch);
    if (policy.spansCheckpoints()) {
      if (journal == null) {
        journal = new BatchJournal(staging.create("journal"));
      }
      journal.append(batch);
    }
    metrics.getNumRecordsSendCounter().inc(batch.rows());
    if (policy.isFull(trees.bytes())) {
      complete();
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException {
    if (endOfInput && !empty) {
      complete();
    }
  }

  @Override
  public Collection<RolledOutput> prepareCommit() throws IOException {
    if (!empty && policy.isDue(trees.bytes(), opened, touched, clock.getCurrentProcessingTime())) {
      complete();
    }
    if (journal != null) {
      journals.add(journal.finish());
      journal = null;
    }
    if (complete.isEmpty()) {
      return List.of();
    }
    RolledOutput output = new RolledOutput(complete, spent);
    complete.clear();
    spent.clear();
    return List.of(output);
  }

  @Override
  public List<OpenFiles> snapshotState(long checkpointId) {
    return empty ? List.of() : List.of(new OpenFiles(journals, opened, touched));
  }

  /** Ends the files. Journals that checkpoints know may still be needed, the open one is not. */
  private void complete() throws IOException {
    for (RolledFile file : trees.take()) {
      complete.add(file);
      metrics.getNumBytesSendCounter().inc(file.parts().get(0).length());
    }
    journals.forEach(part -> spent.add(part.path()));
    journals.clear();
    if (journal != null) {
      journal.discard();
      journal = null;
    }
    empty = true;
  }

  @Override
  public void close() throws IOException {
    if (journal != null) {
      journal.discard();
      journal = null;
    }
    trees.discard();
    for (RolledFile file : complete) {
      staging.discard(file.parts().get(0));
    }
    complete.clear();
  }
}
